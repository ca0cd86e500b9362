package import Logging
package import Model
package import SQL

/// The queue in Redis, in the layout of BullMQ: its clients and dashboards add, process and watch these jobs.
///
/// Every step is one script, so that a death between two commands leaves nothing half done. Times are Redis' own.
package final class RedisQueue: Queue {
    let settings: RedisQueueSettings
    let zones: ZoneSource
    let logger: Logger
    /// Counts evenly, whatever is done to the clock of the machine.
    let elapsed: @Sendable () -> Duration
    private let given: (@Sendable () -> Timestamp)?
    private let chance: @Sendable () -> Double
    /// How long whoever asks for something waits for it; nil for as long as the server may take.
    private let answerLimit: Duration?
    /// Asked before every step; nil where nothing has to be.
    private let fence: Fence?
    private let connection: RedisConnection
    private let waiting: MarkerWatch
    let watch: LockWatch
    let told: OnceTold
    /// How many delayed jobs were looked at for a clock that was set back.
    let mended: Position
    let memory: ServerMemory

    /// Connects when it is first asked for something.
    ///
    /// Times are the server's own unless a test gives `now`; `elapsed` then follows it. `chance` gives numbers from 0 up
    /// to 1.
    package init(
        _ address: RedisAddress,
        settings: RedisQueueSettings = RedisQueueSettings(),
        now: (@Sendable () -> Timestamp)? = nil,
        elapsed: (@Sendable () -> Duration)? = nil,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        zones: @escaping ZoneSource = DatabaseQueue.onlyUTC,
        logger: Logger
    ) {
        self.settings = settings
        self.zones = zones
        self.logger = logger
        (answerLimit, fence) = (nil, nil)
        given = now
        self.elapsed = elapsed ?? QueueClock(now: now, elapsed: nil).elapsed
        self.chance = chance
        connection = RedisConnection(address, name: "\(settings.clientName):c")
        waiting = MarkerWatch(
            RedisConnection(address, name: "\(settings.clientName):w:\(settings.worker)"),
            key: "\(settings.keys)marker",
            longestSilence: settings.longestSilence
        )
        watch = LockWatch(patience: settings.lease / 2, lease: settings.lease)
        (told, mended, memory) = (OnceTold(), Position(), ServerMemory())
    }

    /// The same queue for people, who would rather hear soon that it is away.
    ///
    /// What is asked for is answered or given up within `limit`; it may be done all the same. Has the connections of the
    /// other one, and ends with it.
    package func impatient(_ limit: Duration) -> RedisQueue { RedisQueue(self, limit: limit, fence: fence) }

    package func fenced(by fence: Fence) -> any Queue { RedisQueue(self, limit: answerLimit, fence: fence) }

    private init(_ other: RedisQueue, limit: Duration?, fence: Fence?) {
        (settings, zones, logger, elapsed) = (other.settings, other.zones, other.logger, other.elapsed)
        (given, chance) = (other.given, other.chance)
        (connection, waiting, watch, told) = (other.connection, other.waiting, other.watch, other.told)
        (mended, memory) = (other.mended, other.memory)
        (answerLimit, self.fence) = (limit, fence)
    }

    package func close() {
        waiting.close()
        connection.close()
    }

    /// Runs a script; `isRepeatable` says that it may be run twice where the first answer was lost.
    func run(
        _ script: RedisScript,
        _ arguments: [String] = [],
        isRepeatable: Bool = true
    ) async throws -> RedisReply {
        try await fence?.ask()
        return try await connection.run(
            .script(script, key: "\(settings.keys)meta", arguments: head + arguments),
            retriesFor: isRepeatable ? settings.patience : nil,
            patience: settings.longestSilence,
            limit: answerLimit
        )
    }

    var address: RedisAddress { connection.address }

    /// What the server says of itself; nil where it does not allow that.
    func information() async throws(RedisError) -> String? {
        do {
            return try await connection.run(
                .words(["INFO"]),
                retriesFor: settings.patience,
                patience: settings.longestSilence
            ).text ?? ""
        } catch {
            if case .command("NOPERM", _) = error { return nil }
            throw error
        }
    }

    private var lockMilliseconds: Int { (settings.lock ?? settings.lease).wholeMilliseconds }

    /// How many jobs were ever added.
    func added() async throws(RedisError) -> Int {
        try await connection.run(.words(["GET", "\(settings.keys)id"]), retriesFor: settings.patience).number ?? 0
    }

    /// What every script begins with.
    private var head: [String] { [settings.keys, "\(given?().milliseconds ?? 0)"] }

    @discardableResult
    package func add(_ jobs: [NewJob]) async throws -> Int {
        for job in jobs { try job.check() }
        guard !jobs.isEmpty else { return 0 }
        var added = 0
        // In steps that hold nobody up for long.
        for start in stride(from: 0, to: jobs.count, by: Self.batch) {
            let part = jobs[start..<min(start + Self.batch, jobs.count)]
            let words = try part.flatMap { job in
                [
                    job.id, job.name.text, job.payload, try JobOptions(job, settings).text,
                    "\(job.delay.wholeMilliseconds)", "\(job.priority)", job.deduplication ?? "",
                ]
            }
            // Twice does no harm: what is present is not added again.
            added += try await run(.add, ["\(part.count)"] + words).number ?? 0
        }
        return added
    }

    private static let batch = 500

    package func settle(_ ends: [EndedJob], thenTake limit: Int, worker: String) async throws -> Settlement {
        guard !ends.isEmpty || limit > 0 else { return Settlement() }
        var settlement = Settlement()
        let ended = ends.map(\.job.id)
        var ends = ends
        var times: [String: String] = [:]
        var held: [LockWatch.Held] = []
        var isFirst = true
        // Once more for each job of a scheduler: what it says decides when its next one is due.
        repeat {
            let reply: RedisReply
            do {
                reply = try await run(
                    .settle,
                    arguments(ends, limit - settlement.taken.count, worker, times),
                    isRepeatable: false
                )
            } catch  where !isFirst {
                // What the steps before did is done. Whoever takes the next job meets the same trouble and reports it.
                break
            }
            isFirst = false
            tellRefused(reply[4])
            settlement.lost += reply[1].list.compactMap { $0.number.map { ends[$0 - 1].job } }
            for taken in reply[2].list {
                guard let job = Job(taken) else { continue }
                settlement.taken.append(job)
                held.append(LockWatch.Held(job, until: taken[8].number ?? 0))
            }
            ends = []
            let need = reply[3]
            guard let job = need[0].text, !Task.isCancelled else { break }
            guard times[job] == nil else {
                // It would be asked for without end.
                if ended.isEmpty, settlement.taken.isEmpty {
                    throw QueueError.invalidScheduler(id: job, why: "The queue does not know its job by this id.")
                }
                break
            }
            times = [job: next(after: need, now: Timestamp(milliseconds: reply[0].number ?? 0))]
        } while settlement.taken.count < limit
        watch.forget(ended)
        watch.saw(held, at: elapsed())
        return settlement
    }

    private func arguments(
        _ ends: [EndedJob],
        _ limit: Int,
        _ worker: String,
        _ times: [String: String]
    ) -> [String] {
        var words = ["\(ends.count)"]
        for ended in ends { words += [ended.job.id, ended.job.lease] + ended.words + ["\(chance())"] }
        let token = limit > 0 ? LockToken.make() : ""
        words += [
            "\(limit)", token, "\(lockMilliseconds)", worker, "\(settings.keptCompleted)",
            "\(settings.keptFailures)", "\(settings.mostData)", "\(times.count)",
        ]
        for (job, time) in times { words += [job, time] }
        return words
    }

    package func renew(_ jobs: [Job]) async throws -> [Job] {
        guard !jobs.isEmpty else { return [] }
        let words = jobs.flatMap { [$0.id, $0.lease] }
        let reply = try await run(.renew, ["\(lockMilliseconds)", "\(jobs.count)"] + words)
        let lost = Set(reply[0].list.compactMap(\.number))
        let kept = jobs.indices.filter { !lost.contains($0 + 1) }
        watch.forget(lost.map { jobs[$0 - 1].id })
        watch.saw(
            zip(kept, reply[1].list).map { LockWatch.Held(jobs[$0], until: $1.number ?? 0) },
            at: elapsed()
        )
        return jobs.indices.filter { lost.contains($0 + 1) }.map { jobs[$0] }
    }

    package func waitForJobs(upTo limit: Duration) async {
        let end = ContinuousClock.now + limit
        while !Task.isCancelled {
            let left = end - .now
            guard left > .zero else { return }
            let pause: Duration
            do {
                let turn = try await run(.nextTurn, isRepeatable: false).number
                pause = min(turn.map { .milliseconds($0) } ?? settings.pollInterval, settings.pollInterval)
            } catch {
                // Whoever takes the next job meets the same trouble and reports it; until then there is nothing to do.
                // A cancellation ends the loop.
                try? await Task.sleep(for: min(left, .milliseconds(500)))
                continue
            }
            guard pause > .zero else { return }
            await waiting.wait(upTo: min(pause, left))
        }
    }

    /// Those who wait hear of others' jobs by themselves.
    package func listen() async {}

    package func pause() async throws { _ = try await run(.pause) }

    package func resume() async throws { _ = try await run(.resume) }

    package func pausedSince() async throws -> Timestamp? {
        try await run(.pausedSince).number.map(Timestamp.init(milliseconds:))
    }

    package func counts() async throws -> QueueCounts {
        let reply = try await run(.counts)
        return QueueCounts(
            waiting: reply[0].number ?? 0,
            delayed: reply[1].number ?? 0,
            active: reply[2].number ?? 0,
            failed: reply[3].number ?? 0
        )
    }

    package func longestWait() async throws -> Duration? {
        try await run(.longestWait).number.map { .milliseconds($0) }
    }

    package func failures(of ids: [String]) async throws -> [String: String] {
        guard !ids.isEmpty else { return [:] }
        return try await run(.failures, ids).fields
    }

    package func isPending(_ id: String) async throws -> Bool { try await run(.isPending, [id]).number != 0 }

    package func ping() async throws { _ = try await run(.isPending, [""], isRepeatable: false) }
}

extension EndedJob {
    /// As the script takes it: how, why or what to note, and the wait that the other side wants.
    fileprivate var words: [String] {
        switch end {
        case .finished: ["finished", note?.cappedProblem ?? "", "0"]
        case .tryAgain(let why, let after):
            ["tryAgain", why.cappedProblem, "\((after ?? .zero).wholeMilliseconds)"]
        case .giveUp(let why): ["giveUp", why.cappedProblem, "0"]
        case .giveBack: ["giveBack", "", "0"]
        }
    }
}

extension Job {
    /// From what the script gives back of a taken job.
    fileprivate init?(_ reply: RedisReply) {
        guard let id = reply[0].text, let lease = reply[7].text else { return nil }
        self.init(
            id: id,
            name: JobName(reply[1].text ?? ""),
            payload: reply[2].text ?? "{}",
            attempt: (reply[3].number ?? 0) + 1,
            attempts: reply[4].number ?? 1,
            added: Timestamp(milliseconds: reply[5].number ?? 0),
            deadline: reply[6].number.map { .milliseconds($0) },
            lease: lease
        )
    }
}

extension LockWatch.Held {
    /// The lease ends with the turn that it is for.
    fileprivate init(_ job: Job, until: Int) {
        let turn = job.lease.split(separator: ".").last.map(String.init) ?? ""
        self.init(id: job.id, lock: job.lease, until: until, turn: turn)
    }
}
