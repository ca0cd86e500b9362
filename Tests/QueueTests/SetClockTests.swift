import Model
import Queue
import TestSupport
import Testing

/// What every queue promises when somebody sets the clock.
@Suite(.timeLimit(.minutes(20)))
struct SetClockTests {
    private static let jumps: [Duration] = [.seconds(-86_400 * 400), .days(-1), .hours(-1), .hours(1), .days(400)]

    @Test(arguments: TestQueue.engines, jumps)
    func `no job is handed out twice while its worker is alive`(engine: QueueEngine, jump: Duration) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a")
            let job = try await test.takeOne()
            for queue in [test.queue, test.other] { #expect(try await queue.recoverStalled() == 0) }
            test.clock.jump(by: jump)
            for _ in 1...12 {
                // Recovery looks more often than the worker renews.
                for _ in 1...2 {
                    test.clock.advance(by: .seconds(5))
                    for queue in [test.queue, test.other] { #expect(try await queue.recoverStalled() == 0) }
                }
                #expect(try await test.queue.renew([job]) == [])
            }
            #expect(try await test.takeIDs() == [])
            #expect(try await test.queue.finish(job, .finished))
        }
    }

    @Test(arguments: TestQueue.engines, jumps)
    func `the job of a dead worker is offered again all the same`(engine: QueueEngine, jump: Duration) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a")
            let job = try await test.takeOne()
            test.clock.jump(by: jump)
            var offered = 0
            for _ in 1...14 {
                test.clock.advance(by: .seconds(5))
                offered += try await test.other.recoverStalled()
            }
            #expect(offered == 1, "within two leases")
            #expect(try await test.takeIDs() == ["a"])
            #expect(try await test.queue.finish(job, .finished) == false)
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a process that starts when all leases have run out waits for signs of life`(
        engine: QueueEngine
    ) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("alive", "dead")
            let jobs = try await test.queue.take(limit: 2, worker: "worker")
            test.clock.jump(by: .days(1))
            #expect(try await test.other.recoverStalled() == 0)
            #expect(try await test.queue.renew([jobs[0]]) == [])
            test.clock.advance(by: TestQueue.lease - .milliseconds(1))
            #expect(try await test.other.recoverStalled() == 1)
            #expect(try await test.takeIDs() == ["dead"])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a clock that was set back makes no delay longer than it was to be, beginning anew`(
        engine: QueueEngine
    ) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("is-delayed", delay: .seconds(40))
            try await test.add("has-failed", attempts: 2)
            try await test.queue.finish(try await test.takeOne(), .tryAgain(why: "No.", after: .seconds(50)))
            test.clock.advance(by: .seconds(10))
            test.clock.jump(by: .days(-1))
            #expect(try await test.other.recoverStalled() == 0)
            test.clock.advance(by: .seconds(39))
            #expect(try await test.takeIDs() == [])
            test.clock.advance(by: .seconds(1))
            #expect(try await test.takeIDs() == ["is-delayed"])
            test.clock.advance(by: .seconds(10))
            #expect(try await test.takeIDs() == ["has-failed"])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `what waited before the clock was set back comes before what is added afterwards`(
        engine: QueueEngine
    ) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("first", "second", priority: 5)
            try await test.add("high")
            test.clock.jump(by: .days(-1))
            _ = try await test.queue.recoverStalled()
            test.clock.advance(by: .milliseconds(1))
            try await test.other.add([.sample("third", priority: 5)])
            try await test.add("fourth", priority: 5)
            #expect(try await test.takeIDs() == ["high", "first", "second", "third", "fourth"])
        }
    }
}
