import Model
import Queue
import SQL
import TestSupport
import Testing

/// A fresh queue of one engine, as the contract suite asks for it.
struct TestQueue: Sendable {
    /// Every kind of queue that there is.
    static let engines = TestDatabase.engines.map { QueueEngine.database($0) } + [.redis]

    static let lease: Duration = .seconds(30)
    static let keptFailures = 20

    let queue: any Queue
    /// The same jobs, seen by another process.
    let other: any Queue
    let clock: TestClock

    /// `pollInterval`: how soon the queues must notice what another process did, where the engine can't tell them.
    static func with(
        _ engine: QueueEngine,
        pollInterval: Duration = .milliseconds(20),
        keptFailures: Int = keptFailures,
        chance: @escaping @Sendable () -> Double = { 0 },
        _ body: (TestQueue) async throws -> Void
    ) async throws {
        switch engine {
        case .database(let engine):
            try await TestDatabase.with(engine, rooms: [(QueueSchema.room, QueueSchema.migrations)]) { test in
                try await test.withAnother { second in
                    let clock = TestClock()
                    let queues = [test.database, second].map { database in
                        DatabaseQueue(
                            database: database,
                            now: clock.reading,
                            elapsed: clock.elapsed,
                            chance: chance,
                            zones: TestZones.source,
                            lease: lease,
                            pollInterval: pollInterval,
                            keptFailures: keptFailures
                        )
                    }
                    try await body(TestQueue(queue: queues[0], other: queues[1], clock: clock))
                }
            }
        case .redis:
            try await TestRedisQueue.with(
                pollInterval: pollInterval,
                keptFailures: keptFailures,
                chance: chance
            ) { test in
                try await body(TestQueue(queue: test.queue, other: test.other, clock: test.clock))
            }
        }
    }

    /// Adds jobs of these ids.
    @discardableResult
    func add(_ ids: String..., delay: Duration = .zero, priority: Int = 0, attempts: Int = 1) async throws -> Int {
        try await queue.add(ids.map { .sample($0, delay: delay, priority: priority, attempts: attempts) })
    }

    /// Lets time go by until every lease that nobody renews has run out, seen by `queue` and `other`; says how many jobs
    /// are offered again.
    func loseWorkers() async throws -> Int {
        var offered = 0
        for span in [.zero, Self.lease] {
            clock.advance(by: span)
            offered += try await queue.recoverStalled()
            offered += try await other.recoverStalled()
        }
        return offered
    }

    func takeOne() async throws -> Job {
        try #require(try await queue.take(limit: 1, worker: "worker").first)
    }

    func takeIDs(_ limit: Int = 100) async throws -> [String] {
        try await queue.take(limit: limit, worker: "worker").map(\.id)
    }
}

enum QueueEngine: Sendable {
    case database(Engine)
    case redis
}

extension NewJob {
    static func sample(_ id: String, delay: Duration = .zero, priority: Int = 0, attempts: Int = 1) -> NewJob {
        NewJob(
            id: id,
            name: .checkPrice,
            payload: "{\"url\":\"https://shop.example/\(id)\"}",
            delay: delay,
            priority: priority,
            attempts: attempts,
            backoff: Backoff(base: .seconds(5), limit: .seconds(15))
        )
    }
}

/// The zones of the tests: UTC, and one whose full hours are our half ones.
enum TestZones {
    static let source: ZoneSource = { name in
        switch name {
        case "UTC": .utc
        case "Half": try Zone.made("Half", rule: "HALF-0:30")
        default: throw ZoneError.unknown(name, nearest: nil)
        }
    }
}
