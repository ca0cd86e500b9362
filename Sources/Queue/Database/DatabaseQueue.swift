package import Model
package import SQL

/// The queue in the database: any number of processes, nothing to install.
///
/// A job is a row; a taken one carries its worker's lease. Needs the tables of `QueueSchema`.
package final class DatabaseQueue: Queue {
    let database: any Database
    let clock: QueueClock
    private let chance: @Sendable () -> Double
    let zones: ZoneSource
    private let lease: Duration
    private let pollInterval: Duration
    private let keptFailures: Int
    let signal: JobSignal
    let sequence: JobSequence
    private let watch: LeaseWatch

    /// A job is held for `lease` without a renewal; jobs of other processes are noticed within `pollInterval`; of the
    /// failed ones the newest `keptFailures` are kept.
    ///
    /// Times are the database's own, which all its processes share, unless a test gives `now`. `elapsed` counts how
    /// long this process has run, whatever the clock says; where it is not given it follows `now`. `chance` gives
    /// numbers from 0 up to 1.
    package init(
        database: any Database,
        now: (@Sendable () -> Timestamp)? = nil,
        elapsed: (@Sendable () -> Duration)? = nil,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        zones: @escaping ZoneSource = DatabaseQueue.onlyUTC,
        lease: Duration = .seconds(30),
        pollInterval: Duration = .milliseconds(500),
        keptFailures: Int = 500
    ) {
        self.database = database
        clock = QueueClock(now: now, elapsed: elapsed)
        self.chance = chance
        self.zones = zones
        self.lease = lease
        self.pollInterval = pollInterval
        self.keptFailures = keptFailures
        (signal, sequence) = (JobSignal(), JobSequence())
        watch = LeaseWatch(patience: lease / 2)
    }

    package func fenced(by fence: Fence) -> any Queue { DatabaseQueue(self, on: fence.around(database)) }

    /// The same one, with all that it remembers.
    private init(_ other: DatabaseQueue, on database: any Database) {
        self.database = database
        (clock, chance, zones) = (other.clock, other.chance, other.zones)
        (lease, pollInterval, keptFailures) = (other.lease, other.pollInterval, other.keptFailures)
        (signal, sequence, watch) = (other.signal, other.sequence, other.watch)
    }

    /// For where no job scheduler has a time zone.
    package static let onlyUTC: ZoneSource = { name in
        guard name == Zone.utc.name else { throw ZoneError.unknown(name, nearest: nil) }
        return .utc
    }

    @discardableResult
    package func add(_ jobs: [NewJob]) async throws -> Int {
        for job in jobs { try job.check() }
        guard !jobs.isEmpty else { return 0 }
        let added = try await database.transaction(.locking) { [clock, sequence] connection in
            let now = try clock.now(connection)
            let added = try jobs.count { job in
                let number = sequence.next(ready: now + job.delay, now: now)
                return try connection.insert(job, sequence: number, now: now)
            }
            if added > 0 { try connection.announce(Self.news) }
            return added
        }
        if added > 0 { signal.send() }
        return added
    }

    private static let news = "jobs"

    package func listen() async {
        for await _ in database.announcements(of: Self.news) { signal.send() }
    }

    package func settle(_ ends: [EndedJob], thenTake limit: Int, worker: String) async throws -> Settlement {
        guard !ends.isEmpty || limit > 0 else { return Settlement() }
        let settlement = try await database.transaction(.locking) { [self] connection in
            let now = try clock.now(connection)
            let lost = try end(ends, on: connection, now: now)
            let taken = limit > 0 ? try take(limit, worker, on: connection, now: now) : []
            return Settlement(lost: lost, taken: taken)
        }
        let taken = Set(settlement.taken.map(\.id))
        watch.forget(ends.map(\.job.id).filter { !taken.contains($0) })
        if ends.contains(where: { $0.end != .finished }) { signal.send() }
        return settlement
    }

    private func take(_ limit: Int, _ worker: String, on connection: any Connection, now: Timestamp) throws -> [Job] {
        guard try connection.pausedSince() == nil else { return [] }
        try connection.wakeDelayedJobs(now: now)
        let (lease, until) = (ID<Job>.make(at: now).text, now + self.lease)
        let taken = try connection.takeJobs(limit: limit, worker: worker, lease: lease, until: until)
        watch.saw(taken.map { HeldJob(id: $0.job.id, lease: lease, until: until) }, at: clock.elapsed())
        for (job, scheduler) in taken {
            guard let scheduler else { continue }
            try advance(scheduler, taken: job, on: connection, now: now)
        }
        return taken.map(\.job)
    }

    /// Those whose lease was lost.
    private func end(_ ends: [EndedJob], on connection: any Connection, now: Timestamp) throws -> [Job] {
        let finished = ends.filter { $0.end == .finished }.map(\.job)
        var lost: [Job] = []
        for (lease, jobs) in Dictionary(grouping: finished, by: \.lease) {
            let deleted = try connection.deleteJobs(jobs.map(\.id), lease: lease)
            lost += jobs.filter { !deleted.contains($0.id) }
        }
        var hasFailures = false
        for ended in ends where ended.end != .finished {
            if try !end(ended, on: connection, now: now, &hasFailures) { lost.append(ended.job) }
        }
        if hasFailures { try connection.pruneFailedJobs(keeping: keptFailures) }
        return lost
    }

    private func end(
        _ ended: EndedJob,
        on connection: any Connection,
        now: Timestamp,
        _ hasFailures: inout Bool
    ) throws -> Bool {
        let job = ended.job
        switch ended.end {
        case .finished, .giveBack:
            return try connection.returnJob(job)
        case .tryAgain(let why, let after) where job.attempt < job.attempts:
            guard let backoff = try connection.backoff(of: job) else { return false }
            let wait = max(backoff.delay(afterAttempt: job.attempt, chance: chance()), after ?? .zero)
            return try connection.delayJob(
                job,
                by: wait,
                sequence: sequence.next(ready: now + wait, now: now),
                problem: why.cappedProblem,
                now: now
            )
        case .tryAgain(let why, _), .giveUp(let why):
            hasFailures = true
            return try connection.failJob(job, problem: why.cappedProblem, now: now)
        }
    }

    package func renew(_ jobs: [Job]) async throws -> [Job] {
        guard !jobs.isEmpty else { return [] }
        return try await database.transaction(.locking) { [self] connection in
            let until = try clock.now(connection) + lease
            var lost: [Job] = []
            for (lease, jobs) in Dictionary(grouping: jobs, by: \.lease) {
                let held = try connection.extendLease(lease, of: jobs.map(\.id), until: until)
                watch.saw(held.map { HeldJob(id: $0, lease: lease, until: until) }, at: clock.elapsed())
                lost += jobs.filter { !held.contains($0.id) }
            }
            return lost
        }
    }

    package func recoverStalled() async throws -> Int {
        let (recovered, problem) = try await database.transaction(.locking) { [self] connection in
            try connection.lockSchedulers()
            let now = try clock.now(connection)
            try connection.mendDelays(now: now)
            try connection.mendTurns(now: now)
            let recovered = try recover(on: connection, now: now)
            return (recovered, try repairSchedulers(on: connection, now: now))
        }
        if recovered > 0 { signal.send() }
        if let problem { throw problem }
        return recovered
    }

    /// How many jobs wait again.
    private func recover(on connection: any Connection, now: Timestamp) throws -> Int {
        // A lease that ends later than one that was taken now is older than a clock that was set back.
        try connection.shortenLeases(to: now + lease)
        let held = try connection.heldJobs()
        let dead = watch.unrenewed(held, at: clock.elapsed()).filter { $0.until <= now }
        var waiting = 0
        for job in dead where try connection.recover(job, now: now) { waiting += 1 }
        if waiting < dead.count { try connection.pruneFailedJobs(keeping: keptFailures) }
        return waiting
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
        do {
            let pause = try await database.read { [clock] connection -> Duration? in
                guard try connection.pausedSince() == nil else { return nil }
                let now = try clock.now(connection)
                return try connection.nextTurn(now: now).map { $0 - now }
            }
            return min(pause ?? pollInterval, pollInterval)
        } catch {
            // Whoever takes the next job meets the same trouble and reports it; until then there is nothing to do here.
            return pollInterval
        }
    }

    package func pause() async throws {
        try await database.transaction(.locking) { [clock] in try $0.pause(now: clock.now($0)) }
    }

    package func resume() async throws {
        try await database.transaction(.locking) { try $0.resume() }
        signal.send()
    }

    package func pausedSince() async throws -> Timestamp? {
        try await database.read { try $0.pausedSince() }
    }

    package func upsert(_ scheduler: JobScheduler) async throws {
        try scheduler.check(zones)
        try await database.transaction(.locking) { [self] connection in
            try connection.lockSchedulers()
            try keep(scheduler, on: connection, now: try clock.now(connection))
        }
        signal.send()
    }

    @discardableResult
    package func removeScheduler(_ id: String) async throws -> Bool {
        try await database.transaction(.locking) { connection in
            try connection.lockSchedulers()
            guard let row = try connection.scheduler(id) else { return false }
            try connection.deleteIteration(row.scheduler.job(at: row.next), states: ["delayed"])
            try connection.deleteScheduler(id)
            return true
        }
    }

    package func schedulers() async throws -> [KeptJobScheduler] {
        try await database.read { try $0.schedulers() }
            .map { KeptJobScheduler(scheduler: $0.scheduler, next: $0.next, made: $0.made) }
    }

    package func counts() async throws -> QueueCounts {
        try await database.read { [clock] in try $0.countJobs(now: clock.now($0)) }
    }

    package func longestWait() async throws -> Duration? {
        try await database.read { [clock] connection in
            let now = try clock.now(connection)
            return try connection.longestReady(now: now).map { max(now - $0, .zero) }
        }
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
