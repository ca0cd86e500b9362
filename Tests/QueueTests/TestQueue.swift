import Model
import Queue
import SQL
import TestSupport

/// A fresh queue of one engine, as the contract suite asks for it.
struct TestQueue: Sendable {
    /// Every kind of queue that there is; a Redis one joins this list.
    static let engines = TestDatabase.engines.map { QueueEngine.database($0) }

    static let lease: Duration = .seconds(30)
    static let keptFailures = 20

    let queue: any Queue
    /// The same jobs, seen by another process.
    let other: any Queue
    let clock: ManualClock

    /// `pollInterval`: how soon the queues must notice what another process did, where the engine can't tell them.
    static func with(
        _ engine: QueueEngine,
        pollInterval: Duration = .milliseconds(20),
        _ body: (TestQueue) async throws -> Void
    ) async throws {
        switch engine {
        case .database(let engine):
            try await TestDatabase.with(engine, rooms: [(QueueSchema.room, QueueSchema.migrations)]) { test in
                try await test.withAnother { second in
                    let clock = ManualClock()
                    let queues = [test.database, second].map { database in
                        DatabaseQueue(
                            database: database,
                            now: clock.reading,
                            lease: lease,
                            pollInterval: pollInterval,
                            keptFailures: keptFailures
                        )
                    }
                    try await body(TestQueue(queue: queues[0], other: queues[1], clock: clock))
                }
            }
        }
    }

    /// Adds jobs of these ids.
    @discardableResult
    func add(_ ids: String..., delay: Duration = .zero, priority: Int = 0, attempts: Int = 1) async throws -> Int {
        try await queue.add(ids.map { .sample($0, delay: delay, priority: priority, attempts: attempts) })
    }

    func takeIDs(_ limit: Int = 100) async throws -> [String] {
        try await queue.take(limit: limit, worker: "worker").map(\.id)
    }
}

enum QueueEngine: Sendable {
    case database(Engine)
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
