import Model
import Queue
import SQL
import Synchronization
import TestSupport
import Testing

/// What only the queue in a database has to show.
@Suite(.timeLimit(.minutes(20)))
struct DatabaseQueueTests {
    @Test func `every statement finds its rows through an index`() async throws {
        try await TestDatabase.with(.sqlite, rooms: [(QueueSchema.room, QueueSchema.migrations)]) { test in
            let database = ExplainingDatabase(test.database)
            try await workThrough(database)
            let steps = Set(database.steps)
            for index in ["job_by_place", "job_by_ready", "job_by_lease", "job_by_failure"] {
                #expect(steps.contains { $0.contains(" INDEX \(index) ") }, "\(index) in \(steps)")
            }
            #expect(steps.filter { $0.hasPrefix("SCAN job") && !$0.contains(" INDEX ") } == [])
            #expect(steps.contains { $0.contains(" INDEX job_by_deduplication ") })
            // Taking must not sort all that wait.
            #expect(steps.filter { $0.contains("TEMP B-TREE FOR ORDER BY") } == [])
        }
    }

    /// With whole tables made dear, PostgreSQL reads one only where no index serves.
    @Test func `no statement reads a whole table on PostgreSQL either`() async throws {
        try await TestDatabase.with(.postgres, rooms: [(QueueSchema.room, QueueSchema.migrations)]) { test in
            let database = ExplainingDatabase(test.database)
            try await workThrough(database)
            #expect(database.steps.contains { $0.contains(" job_by_place ") })
            #expect(database.steps.filter { $0.contains("Seq Scan") } == [])
        }
    }

    /// Asks a queue for everything that it does.
    private func workThrough(_ database: ExplainingDatabase) async throws {
        let clock = ManualClock()
        let queue = DatabaseQueue(database: database, now: clock.reading, keptFailures: 1)
        try await queue.add((1...6).map { .sample("job-\($0)", attempts: 2) })
        let jobs = try await queue.take(limit: 6, worker: "worker")
        for (job, end) in zip(jobs, [.finished, .giveBack, .tryAgain(why: "No."), .giveUp(why: "No.")] as [JobEnd]) {
            try await queue.finish(job, end)
        }
        _ = try await queue.renew(jobs)
        clock.advance(by: .minutes(1))
        _ = try await queue.recoverStalled()
        _ = try await queue.counts()
        _ = try await queue.longestWait()
        for state in JobState.allCases { _ = try await queue.jobs(state, limit: 5, offset: 1) }
        _ = try await queue.retry("job-4")
        _ = try await queue.isPending("job-1")
        let scheduler = JobScheduler(id: "tidy", rhythm: .every(.seconds(1)), template: .sample(""))
        for _ in 1...2 { try await queue.upsert(scheduler) }
        _ = try await queue.take(limit: 9, worker: "worker")
        var about = NewJob.sample("about")
        about.deduplication = "lamp"
        try await queue.add([about])
        try await queue.removeScheduler("tidy")
        await queue.waitForJobs(upTo: .milliseconds(1))
    }

    @Test func `times are the database's own`() async throws {
        try await TestDatabase.with(.sqlite, rooms: [(QueueSchema.room, QueueSchema.migrations)]) { test in
            func time() async throws -> Int { try await test.database.read { try $0.clockMilliseconds() } }
            let queue = DatabaseQueue(database: test.database)
            let before = try await time()
            try await queue.add([.sample("a")])
            let after = try await time()
            let job = try #require(try await queue.take(limit: 1, worker: "worker").first)
            #expect((before...after).contains(job.added.milliseconds))
            #expect(try await queue.recoverStalled() == 0)
            #expect(try await queue.renew([job]) == [])
            #expect(try await queue.finish(job, .finished))
        }
    }

    @Test func `a job scheduler whose job is gone gets another one`() async throws {
        try await TestDatabase.with(.sqlite, rooms: [(QueueSchema.room, QueueSchema.migrations)]) { test in
            let clock = ManualClock()
            let queue = DatabaseQueue(database: test.database, now: clock.reading, zones: TestZones.source)
            let template = NewJob.sample("")
            try await queue.upsert(JobScheduler(id: "a", rhythm: .every(.seconds(60)), template: template))
            try await queue.upsert(
                JobScheduler(id: "b", rhythm: .cron(try Cron("@hourly"), zone: "UTC"), template: template)
            )
            // As a version of the program did that knew nothing of schedulers.
            _ = try await test.database.transaction { try $0.run("DELETE FROM job") }
            clock.advance(by: .minutes(61))
            #expect(try await queue.recoverStalled() == 0)
            #expect(try await queue.counts() == QueueCounts(waiting: 0, delayed: 2, active: 0, failed: 0))
            clock.advance(by: .hours(1))
            let jobs = try await queue.take(limit: 9, worker: "worker")
            #expect(jobs.map(\.name) == [.checkPrice, .checkPrice])
            #expect(try await queue.schedulers().map(\.made) == [3, 3])
        }
    }

    @Test func `a time zone that is gone stops its scheduler and nothing else, and is told`() async throws {
        try await TestDatabase.with(.sqlite, rooms: [(QueueSchema.room, QueueSchema.migrations)]) { test in
            let clock = ManualClock()
            let isBroken = Mutex(false)
            let queue = DatabaseQueue(
                database: test.database,
                now: clock.reading,
                zones: { try TestZones.source(isBroken.withLock { $0 } ? "Gone" : $0) }
            )
            let template = NewJob.sample("")
            try await queue.upsert(
                JobScheduler(id: "a", rhythm: .cron(try Cron("@hourly"), zone: "UTC"), template: template)
            )
            try await queue.add([.sample("other")])
            isBroken.withLock { $0 = true }
            clock.advance(by: .hours(1))
            let jobs = try await queue.take(limit: 9, worker: "worker")
            #expect(jobs.count == 2)
            for job in jobs { try await queue.finish(job, .finished) }
            try await queue.add([.sample("held")])
            let held = try await queue.take(limit: 1, worker: "dead")
            clock.advance(by: .minutes(1))
            await #expect(throws: ZoneError.self) { try await queue.recoverStalled() }
            #expect(try await queue.renew(held) == held, "the lost job is offered again all the same")
            isBroken.withLock { $0 = false }
            _ = try await queue.recoverStalled()
            #expect(try await queue.counts() == QueueCounts(waiting: 1, delayed: 1, active: 0, failed: 0))
        }
    }

    @Test func `a queue without its tables can't be reached`() async throws {
        try await TestDatabase.with(.sqlite) { test in
            let queue = DatabaseQueue(database: test.database, now: ManualClock().reading)
            let error = await #expect(throws: SQLError.self) { try await queue.ping() }
            #expect(String(describing: error).contains("job"))
            // Who waits is not held up for longer, and does not spin either.
            await queue.waitForJobs(upTo: .milliseconds(20))
            await test.database.close()
            await #expect(throws: SQLError.closed) { try await queue.ping() }
        }
    }

    @Test func `a job that is added between looking and waiting wakes`() async throws {
        try await TestDatabase.with(.sqlite, rooms: [(QueueSchema.room, QueueSchema.migrations)]) { test in
            let database = InterruptedDatabase(test.database)
            let queue = DatabaseQueue(database: database, now: ManualClock().reading, pollInterval: .hours(1))
            database.interrupt { try await queue.add([.sample("a")]) }
            await queue.waitForJobs(upTo: .hours(1))
            let jobs = try await queue.take(limit: 1, worker: "worker")
            #expect(jobs.map(\.id) == ["a"])
        }
    }
}

/// Does something else between a read and the return to whoever asked for it.
private final class InterruptedDatabase: Database {
    private let database: any Database
    private let interruption = Mutex<(@Sendable () async throws -> Int)?>(nil)

    init(_ database: any Database) { self.database = database }

    var engine: Engine { database.engine }

    /// Once, after the next read.
    func interrupt(_ work: @escaping @Sendable () async throws -> Int) { interruption.withLock { $0 = work } }

    func read<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        let answer = try await database.read(work)
        let interruption = interruption.withLock { interruption in
            defer { interruption = nil }
            return interruption
        }
        _ = try await interruption?()
        return answer
    }

    func transaction<T: Sendable>(
        _ isolation: Isolation,
        _ work: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try await database.transaction(isolation, work)
    }

    func close() async { await database.close() }
}
