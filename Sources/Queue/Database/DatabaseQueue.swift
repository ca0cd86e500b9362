package import Model
package import SQL

/// The queue in the database: any number of processes, nothing to install.
///
/// A job is a row; a taken one carries its worker's lease. Needs the tables of `QueueSchema`.
package final class DatabaseQueue: Queue {
    private let database: any Database
    private let now: @Sendable () -> Timestamp
    private let lease: Duration
    private let pollInterval: Duration
    private let keptFailures: Int
    private let signal = JobSignal()
    private let sequence = JobSequence()

    /// A job that lost its worker more often than this is given up.
    private static let mostStalls = 3
    private static let longestProblem = 500

    /// A job is held for `lease` without a renewal; jobs of other processes are noticed within `pollInterval`; of the
    /// failed ones the newest `keptFailures` are kept.
    package init(
        database: any Database,
        now: @escaping @Sendable () -> Timestamp,
        lease: Duration = .seconds(30),
        pollInterval: Duration = .milliseconds(500),
        keptFailures: Int = 500
    ) {
        self.database = database
        self.now = now
        self.lease = lease
        self.pollInterval = pollInterval
        self.keptFailures = keptFailures
    }

    @discardableResult
    package func add(_ jobs: [NewJob]) async throws -> Int {
        for job in jobs { try job.check() }
        guard !jobs.isEmpty else { return 0 }
        let now = now()
        let numbered = jobs.map { ($0, sequence.next(ready: now + $0.delay, now: now)) }
        let added = try await database.transaction { connection in
            try numbered.count { job, number in try connection.insert(job, sequence: number, now: now) }
        }
        if added > 0 { signal.send() }
        return added
    }

    package func take(limit: Int, worker: String) async throws -> [Job] {
        guard limit > 0 else { return [] }
        let now = now()
        let lease = ID<Job>.make(at: now).text
        let until = now + self.lease
        return try await database.transaction { connection in
            try connection.wakeDelayedJobs(now: now)
            return try connection.takeJobs(limit: limit, worker: worker, lease: lease, until: until)
        }
    }

    package func renew(_ jobs: [Job]) async throws -> [Job] {
        guard !jobs.isEmpty else { return [] }
        let until = now() + lease
        return try await database.transaction { connection in
            var lost: [Job] = []
            for (lease, jobs) in Dictionary(grouping: jobs, by: \.lease) {
                let held = try connection.extendLease(lease, of: jobs.map(\.id), until: until)
                lost += jobs.filter { !held.contains($0.id) }
            }
            return lost
        }
    }

    @discardableResult
    package func finish(_ job: Job, _ end: JobEnd) async throws -> Bool {
        let now = now()
        let isDone = try await database.transaction { [self] connection in
            try finish(job, end, on: connection, now: now)
        }
        if isDone, end != .finished { signal.send() }
        return isDone
    }

    private func finish(_ job: Job, _ end: JobEnd, on connection: any Connection, now: Timestamp) throws -> Bool {
        switch end {
        case .finished:
            return try connection.deleteJob(job)
        case .giveBack:
            return try connection.returnJob(job)
        case .tryAgain(let why, let after) where job.attempt < job.attempts:
            guard let backoff = try connection.backoff(of: job) else { return false }
            let ready = now + max(backoff.delay(afterAttempt: job.attempt), after ?? .zero)
            return try connection.delayJob(
                job,
                until: ready,
                sequence: sequence.next(ready: ready, now: now),
                problem: String(why.prefix(Self.longestProblem)),
                now: now
            )
        case .tryAgain(let why, _), .giveUp(let why):
            guard try connection.failJob(job, problem: String(why.prefix(Self.longestProblem)), now: now) else {
                return false
            }
            try connection.pruneFailedJobs(keeping: keptFailures)
            return true
        }
    }

    package func recoverStalled() async throws -> Int {
        let now = now()
        let recovered = try await database.transaction { [keptFailures] connection in
            let recovered = try connection.recoverStalledJobs(mostStalls: Self.mostStalls, now: now)
            if recovered.failed > 0 { try connection.pruneFailedJobs(keeping: keptFailures) }
            return recovered.waiting
        }
        if recovered > 0 { signal.send() }
        return recovered
    }

    package func waitForJobs(upTo limit: Duration) async {
        let end = ContinuousClock.now + limit
        while !Task.isCancelled {
            let generation = signal.generation
            let pause = await pauseUntilNextTurn()
            let left = end - .now
            guard pause > .zero, left > .zero else { return }
            await signal.wait(after: generation, upTo: min(pause, left))
        }
    }

    /// Never more than the poll interval; zero when a job waits.
    private func pauseUntilNextTurn() async -> Duration {
        let now = now()
        do {
            guard let next = try await database.read({ try $0.nextTurn(now: now) }) else { return pollInterval }
            return min(next - now, pollInterval)
        } catch {
            // Whoever takes the next job meets the same trouble and reports it; until then there is nothing to do here.
            return pollInterval
        }
    }

    package func counts() async throws -> QueueCounts {
        let now = now()
        return try await database.read { try $0.countJobs(now: now) }
    }

    package func failures(of ids: [String]) async throws -> [String: String] {
        guard !ids.isEmpty else { return [:] }
        return try await database.read { try $0.jobFailures(of: ids) }
    }

    package func isPending(_ id: String) async throws -> Bool {
        try await database.read { try $0.hasPendingJob(id) }
    }

    package func ping() async throws {
        _ = try await database.read { try $0.hasPendingJob("") }
    }
}
