import Model
import Queue
import TestSupport

/// A fresh queue in Redis, and what is in its keys.
struct TestRedisQueue: Sendable {
    static let name = "jobs"

    let prefix: String
    let queue: RedisQueue
    /// The same jobs, seen by another process.
    let other: RedisQueue
    let clock: TestClock

    /// What the keys begin with.
    var keys: String { "\(prefix):\(Self.name):" }

    static func with(
        pollInterval: Duration = .milliseconds(20),
        keptFailures: Int = TestQueue.keptFailures,
        chance: @escaping @Sendable () -> Double = { 0 },
        _ body: (TestRedisQueue) async throws -> Void
    ) async throws {
        let address = try RedisAddress(TestRedis.url)
        let prefix = TestRedis.makePrefix()
        let clock = TestClock { span in
            do {
                try TestRedis.age(prefix, by: span)
            } catch {
                preconditionFailure("\(error)")
            }
        }
        var settings = RedisQueueSettings()
        settings.prefix = prefix
        settings.name = name
        settings.lease = TestQueue.lease
        // However slow the machine is: time goes by when the test says so.
        settings.lock = .hours(10)
        settings.pollInterval = pollInterval
        settings.keptFailures = keptFailures
        let queues = (1...2).map { _ in
            RedisQueue(
                address,
                settings: settings,
                now: clock.reading,
                elapsed: clock.elapsed,
                chance: chance,
                zones: TestZones.source,
                logger: .quiet
            )
        }
        let test = TestRedisQueue(prefix: prefix, queue: queues[0], other: queues[1], clock: clock)
        func end() throws {
            for queue in queues { queue.close() }
            try TestRedis.remove(prefix)
        }
        do {
            try await body(test)
        } catch {
            try end()
            throw error
        }
        try end()
    }
}
