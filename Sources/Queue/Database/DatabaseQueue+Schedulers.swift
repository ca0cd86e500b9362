import Model
import SQL

extension DatabaseQueue {
    /// Makes the job after the one that was just taken, as part of taking it, so that no death between two statements
    /// breaks the chain.
    func advance(_ id: String, taken job: Job, on connection: any Connection, now: Timestamp) throws {
        // A job that is tried again, or one of a scheduler that changed meanwhile, is not the latest.
        guard let row = try connection.lockedScheduler(id), row.scheduler.job(at: row.next) == job.id else { return }
        let next: Timestamp?
        do {
            next = try nextTime(of: row, now: now)
        } catch {
            // A time zone whose file is gone must not keep jobs from being taken: the repair tries again, and says so.
            return
        }
        if let next { try make(row, at: next, on: connection, now: now) }
    }

    /// nil when no more are to come.
    private func nextTime(of row: SchedulerRow, now: Timestamp) throws -> Timestamp? {
        guard row.scheduler.mayMakeMore(made: row.made, now: now) else { return nil }
        return try row.scheduler.next(after: row.next, offset: row.offset, now: now, zones: zones)
    }

    private func make(_ row: SchedulerRow, at next: Timestamp, on connection: any Connection, now: Timestamp) throws {
        try place(row.scheduler, at: next, on: connection, now: now)
        try connection.setScheduler(row.scheduler.id, next: next, made: row.made + 1)
    }

    private func place(_ scheduler: JobScheduler, at next: Timestamp, on connection: any Connection, now: Timestamp)
        throws
    {
        let job = scheduler.newJob(at: next, now: now)
        let number = sequence.next(ready: max(next, now), now: now)
        _ = try connection.insert(job, sequence: number, now: now, scheduler: scheduler.id)
    }

    func keep(_ scheduler: JobScheduler, on connection: any Connection, now: Timestamp) throws {
        let old = try connection.scheduler(scheduler.id)
        let isSame = old.map { $0.scheduler.rhythm == scheduler.rhythm && $0.scheduler.start == scheduler.start }
        var made = old?.made ?? 0
        var next: Timestamp?
        if let old {
            // What was made and not yet taken is made anew, so it does not count twice.
            let waited = try connection.deleteIteration(
                old.scheduler.job(at: old.next),
                states: ["delayed", "waiting"]
            )
            if waited { made -= 1 }
            if waited, isSame == true { next = old.next }
        }
        let offset = isSame == true ? old?.offset : nil
        if next == nil, scheduler.mayMakeMore(made: made, now: now) {
            let previous = isSame == true ? old?.next : nil
            next = try scheduler.next(after: previous, offset: offset ?? 0, now: now, zones: zones)
            if next == nil {
                throw QueueError.invalidScheduler(
                    id: scheduler.id,
                    why: "Its pattern has no time left."
                )
            }
        }
        let every = scheduler.rhythm.everyMilliseconds
        let row = SchedulerRow(
            scheduler: scheduler,
            offset: offset ?? every.map { (next ?? now).milliseconds % $0 } ?? 0,
            next: next ?? old?.next ?? now,
            made: next == nil ? made : made + 1
        )
        try connection.write(row)
        if let next { try place(scheduler, at: next, on: connection, now: now) }
    }

    /// Makes the next job of schedulers that have none, as after another version of the program took it; the first
    /// problem is given back, since the others must go on.
    func repairSchedulers(on connection: any Connection, now: Timestamp) throws -> (any Error)? {
        var problem: (any Error)?
        for row in try connection.schedulers() {
            var row = row
            let job = row.scheduler.job(at: row.next)
            if let every = row.scheduler.rhythm.everyMilliseconds,
                row.next > max(now, row.scheduler.start ?? now) + .milliseconds(every),
                try connection.deleteIteration(job, states: ["delayed"])
            {
                // The clock was set back: the next time lies further ahead than the interval is long.
                row.next = now
                row.made -= 1
            } else if try connection.hasPendingJob(job) {
                continue
            }
            let next: Timestamp?
            do {
                next = try nextTime(of: row, now: now)
            } catch {
                problem = problem ?? error
                continue
            }
            if let next { try make(row, at: next, on: connection, now: now) }
        }
        return problem
    }
}
