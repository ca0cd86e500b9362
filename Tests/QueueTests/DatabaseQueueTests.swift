import Model
import Queue
import SQL
import Synchronization
import TestSupport
import Testing

/// What only the queue in a database has to show.
@Suite(.timeLimit(.minutes(1)))
struct DatabaseQueueTests {
    @Test func `every statement finds its rows through an index`() async throws {
        try await TestDatabase.with(.sqlite, rooms: [(QueueSchema.room, QueueSchema.migrations)]) { test in
            let database = ExplainingDatabase(test.database)
            let clock = ManualClock()
            let queue = DatabaseQueue(database: database, now: clock.reading, keptFailures: 1)
            try await queue.add((1...6).map { .sample("job-\($0)", attempts: 2) })
            let jobs = try await queue.take(limit: 6, worker: "worker")
            for (job, end) in zip(jobs, [.finished, .giveBack, .tryAgain(why: "No."), .giveUp(why: "No.")] as [JobEnd])
            {
                try await queue.finish(job, end)
            }
            _ = try await queue.renew(jobs)
            clock.advance(by: .minutes(1))
            _ = try await queue.recoverStalled()
            _ = try await queue.counts()
            _ = try await queue.isPending("job-1")
            await queue.waitForJobs(upTo: .milliseconds(1))

            let steps = Set(database.steps)
            for index in ["job_by_turn", "job_by_ready", "job_by_lease", "job_by_failure"] {
                #expect(steps.contains { $0.contains(" INDEX \(index) ") }, "\(index) in \(steps)")
            }
            #expect(steps.filter { $0.hasPrefix("SCAN job") && !$0.contains(" INDEX ") } == [])
            // Taking must not sort all that wait.
            #expect(steps.filter { $0.contains("TEMP B-TREE FOR ORDER BY") } == [])
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

    func transaction<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await database.transaction(work)
    }

    func close() async { await database.close() }
}
