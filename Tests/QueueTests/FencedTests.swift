import Model
import Queue
import SQL
import Synchronization
import TestSupport
import Testing

/// What somebody does to a queue who may lose the right to it.
@Suite(.timeLimit(.minutes(20)))
struct FencedTests {
    private struct Closed: Error {}

    /// Open until it was asked so often.
    private final class Keeper: Sendable {
        private let left = Mutex(0)

        func open(times: Int = .max) { left.withLock { $0 = times } }

        func ask() throws {
            try left.withLock { left in
                guard left > 0 else { throw Closed() }
                left -= 1
            }
        }
    }

    private static let scheduler = JobScheduler(
        id: "hourly",
        rhythm: .every(.hours(1)),
        template: NewJob(id: "", name: "maintenance-hourly", payload: "{}")
    )

    @Test(arguments: TestQueue.engines)
    func `behind a closed fence nothing is changed, and behind an open one everything is as without it`(
        engine: QueueEngine
    ) async throws {
        try await TestDatabase.with { own in
            try await TestQueue.with(engine) { test in
                let keeper = Keeper()
                let fenced = test.queue.fenced(by: Fence(own.database) { _ in try keeper.ask() })
                try await test.add("held", "waits")
                _ = try await test.takeOne()
                try await test.queue.upsert(Self.scheduler)
                let (counts, kept) = (try await test.queue.counts(), try await test.queue.schedulers())
                test.clock.advance(by: TestQueue.lease)

                var other = Self.scheduler
                other.rhythm = .every(.hours(2))
                await #expect(throws: Closed.self) { try await fenced.recoverStalled() }
                await #expect(throws: Closed.self) { try await fenced.upsert(other) }
                await #expect(throws: Closed.self) { try await fenced.removeScheduler("hourly") }
                await #expect(throws: Closed.self) { try await fenced.add([.sample("new")]) }
                #expect(try await test.queue.counts() == counts)
                #expect(try await test.queue.schedulers() == kept)

                keeper.open()
                #expect(try await fenced.recoverStalled() == 1)
                try await fenced.upsert(other)
                #expect(try await test.queue.schedulers().map(\.scheduler.rhythm) == [.every(.hours(2))])
                #expect(try await fenced.removeScheduler("hourly"))
                #expect(try await fenced.add([.sample("new")]) == 1)
                // One of the scheduler's waits already, and stays.
                #expect(try await test.takeIDs().filter { !$0.hasPrefix("repeat:") } == ["held", "waits", "new"])
            }
        }
    }

    @Test func `in Redis one who is too late between two steps takes nothing away`() async throws {
        try await TestDatabase.with { own in
            try await TestRedisQueue.with { test in
                let keeper = Keeper()
                let fenced = test.queue.fenced(by: Fence(own.database) { _ in try keeper.ask() })
                try await test.queue.add([.sample("held")])
                _ = try await test.queue.take(limit: 1, worker: "worker")
                test.clock.advance(by: TestQueue.lease)
                // It finds that the worker is dead, and is dead itself before it offers the job again.
                keeper.open(times: 1)
                await #expect(throws: Closed.self) { try await fenced.recoverStalled() }
                #expect(try await test.queue.counts().active == 1)
            }
        }
    }

    @Test func `in Redis a job that was begun anew since it was looked at is left to who has it`() async throws {
        try await TestDatabase.with { own in
            try await TestRedisQueue.with { test in
                let asked = Mutex(0)
                let job = "\(test.keys)held"
                let late = test.queue.fenced(
                    by: Fence(own.database) { _ in
                        // The second step is the one that offers it again: before it the next leader has done so, somebody
                        // took it, and the server's clock was set forward, so that its lock is gone once more.
                        guard
                            asked.withLock({ asked in
                                asked += 1; return asked == 2
                            })
                        else { return }
                        try TestRedis.command("HINCRBY", job, "ats", "1")
                    }
                )
                try await test.queue.add([.sample("held")])
                _ = try await test.queue.take(limit: 1, worker: "worker")
                test.clock.advance(by: TestQueue.lease)
                try TestRedis.command("DEL", "\(job):lock")
                #expect(try await late.recoverStalled() == 0)
                #expect(try await test.queue.counts().active == 1)
            }
        }
    }
}
