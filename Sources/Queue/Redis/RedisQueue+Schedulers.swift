import Logging
import Model

extension RedisQueue {
    package func upsert(_ scheduler: JobScheduler) async throws {
        try scheduler.check(zones)
        try await replaceLegacy(scheduler)
        // Somebody else changes it, or takes its job, between our look and our step: rarely once, never for long.
        for _ in 1...20 {
            let (now, found) = try await records(scheduler.id)
            if try await keep(scheduler, insteadOf: found.first, now: now) { return }
        }
        throw QueueError.invalidScheduler(id: scheduler.id, why: "Others change it all the time. Try again.")
    }

    @discardableResult
    package func removeScheduler(_ id: String) async throws -> Bool {
        try await run(.removeScheduler, [id]).number == 1
    }

    /// Those that nobody can read are left out; the log names them.
    package func schedulers() async throws -> [KeptJobScheduler] {
        try await records().found.compactMap { record in
            guard let row = readable(record) else { return nil }
            return KeptJobScheduler(scheduler: row.scheduler, next: record.next, made: record.made)
        }.sorted { $0.scheduler.id < $1.scheduler.id }
    }

    private func records(_ id: String? = nil) async throws -> (now: Timestamp, found: [SchedulerRecord]) {
        let reply = try await run(.schedulers, id.map { [$0] } ?? [])
        return (
            Timestamp(milliseconds: reply[0].number ?? 0),
            reply[1].list.compactMap(SchedulerRecord.init).filter(\.isScheduler)
        )
    }

    private func readable(_ record: SchedulerRecord) -> SchedulerRow? {
        do {
            return try record.row()
        } catch {
            told.once("\(record.id): \(error)") {
                logger.warning(
                    "A job scheduler can't be read and makes no more jobs.",
                    metadata: ["scheduler": "\(record.id.prefix(200))", "error": "\(error)"]
                )
            }
            return nil
        }
    }

    /// When the job after the one is due that is about to be taken, for the script: nothing for none.
    func next(after need: RedisReply, now: Timestamp) -> String {
        guard let job = need[0].text, let id = need[1].text,
            let due = job.split(separator: ":").last.flatMap({ Int($0) })
        else { return "" }
        let record = SchedulerRecord(
            id: id,
            next: Timestamp(milliseconds: due),
            fields: need[2].fields,
            latest: .pending
        )
        guard var row = readable(record) else { return "" }
        // What BullMQ's clients count by; a change of the scheduler begins anew.
        row.made = JobOptions(reading: need[3].text).repeat?.count ?? row.made
        return nextTime(of: row, now: now).map { "\($0.milliseconds)" } ?? ""
    }

    /// nil when no more are to come, or when its zone is not there; the log says so.
    private func nextTime(of row: SchedulerRow, now: Timestamp) -> Timestamp? {
        guard row.scheduler.mayMakeMore(made: row.made, now: now) else { return nil }
        do {
            return try row.scheduler.next(after: row.next, offset: row.offset, now: now, zones: zones)
        } catch {
            told.once("\(row.scheduler.id): \(error)") {
                logger.warning(
                    "A job scheduler has no next time and makes no more jobs for now.",
                    metadata: ["scheduler": "\(row.scheduler.id.prefix(200))", "error": "\(error)"]
                )
            }
            return nil
        }
    }

    /// False when it was changed meanwhile.
    private func keep(_ scheduler: JobScheduler, insteadOf record: SchedulerRecord?, now: Timestamp) async throws
        -> Bool
    {
        let old = try? record?.row()
        let isSame =
            old.map { $0.scheduler.rhythm == scheduler.rhythm && $0.scheduler.start == scheduler.start } ?? false
        let waits = record?.latest == .pending
        // What was made and has not begun is made anew, so it does not count twice.
        let made = (record?.made ?? 0) - (waits ? 1 : 0)
        var next = waits && isSame ? record?.next : nil
        if next == nil, scheduler.mayMakeMore(made: made, now: now) {
            next = try scheduler.next(
                after: isSame ? record?.next : nil,
                offset: isSame ? old?.offset ?? 0 : 0,
                now: now,
                zones: zones
            )
            if next == nil {
                throw QueueError.invalidScheduler(id: scheduler.id, why: "Its pattern has no time left.")
            }
        }
        let offset = isSame ? old?.offset : nil
        let every = scheduler.rhythm.everyMilliseconds
        return try await write(
            try scheduler.fields(
                offset: offset ?? every.map { (next ?? now).milliseconds % $0 } ?? 0,
                settings
            ),
            of: scheduler.id,
            seen: record,
            made: next == nil ? made : made + 1,
            next: next,
            latest: record?.next ?? now
        ) { taken in
            try scheduler.next(after: taken, offset: offset ?? 0, now: max(now, taken), zones: zones)
        }
    }

    /// `after` says the time that follows one whose job is being worked on.
    private func write(
        _ fields: [String],
        of id: String,
        seen: SchedulerRecord?,
        made: Int,
        next: Timestamp?,
        latest: Timestamp,
        after: (Timestamp) throws -> Timestamp?
    ) async throws -> Bool {
        var next = next
        let known = seen.map { ["\($0.next.milliseconds)", $0.fields["ic"] ?? "", "\($0.latest.rawValue)"] }
        for _ in 1...32 {
            let words =
                [id] + (known ?? ["", "", ""])
                + ["\(made)", next.map { "\($0.milliseconds)" } ?? "", "\(latest.milliseconds)"] + fields
            switch try await run(.keepScheduler, words, isRepeatable: false).number {
            case 1: return true
            case 2: next = try next.flatMap(after)
            default: return false
            }
        }
        return false
    }

    /// Makes the next job of schedulers that have none, as after a client took it that died before it made the next one.
    func repairSchedulers() async throws {
        let (now, found) = try await records()
        for record in found where record.latest != .active {
            guard var row = readable(record) else { continue }
            if record.latest == .pending {
                guard let every = row.scheduler.rhythm.everyMilliseconds,
                    row.next > max(now, row.scheduler.start ?? now) + .milliseconds(every)
                else { continue }
                // The clock was set back: the next time lies further ahead than the interval is long.
                row.next = now
                row.made -= 1
            }
            guard let next = nextTime(of: row, now: now) else { continue }
            let fields = record.fields.filter { $0.key != "ic" }.flatMap { [$0.key, $0.value] }
            _ = try await write(
                fields,
                of: record.id,
                seen: record,
                made: row.made + 1,
                next: next,
                latest: record.next
            ) { [row] in try row.scheduler.next(after: $0, offset: row.offset, now: max(now, $0), zones: zones) }
        }
    }

    /// A repeatable job of BullMQ 5 under one of our names would go on beside ours, and no later version knows it.
    private func replaceLegacy(_ scheduler: JobScheduler) async throws {
        for member in try await run(.removeLegacy, [scheduler.template.name.text]).list {
            logger.notice(
                "Replaced a repeatable job of BullMQ 5 by a job scheduler.",
                metadata: ["repeatable": "\((member.text ?? "").prefix(200))", "scheduler": "\(scheduler.id)"]
            )
        }
    }
}
