import Model
import Queue
import TestSupport
import Testing

/// What every queue promises about being paused.
@Suite(.timeLimit(.minutes(20)))
struct PauseTests {
    @Test(arguments: TestQueue.engines)
    func `a paused queue hands out nothing to anyone, and running jobs end`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("running", "waiting", attempts: 2)
            let running = try await test.takeOne()
            #expect(try await test.queue.pausedSince() == nil)
            let begin = test.clock.now
            try await test.queue.pause()
            test.clock.advance(by: .seconds(3))
            try await test.other.pause()
            #expect(try await test.other.pausedSince() == begin, "a second pause changes nothing")
            try await test.add("added")
            let settled = try await test.other.settle([EndedJob(running, .finished)], thenTake: 9, worker: "other")
            #expect(settled == Settlement())
            #expect(try await test.takeIDs() == [])
            #expect(try await test.queue.counts() == QueueCounts(waiting: 2, delayed: 0, active: 0, failed: 0))

            try await test.other.resume()
            #expect(try await test.queue.pausedSince() == nil)
            #expect(try await test.takeIDs() == ["waiting", "added"])
            try await test.queue.resume()
        }
    }

    @Test(arguments: TestQueue.engines)
    func `lost workers are found while the queue is paused`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a")
            _ = try await test.takeOne()
            try await test.queue.pause()
            #expect(try await test.loseWorkers() == 1)
            #expect(try await test.takeIDs() == [])
            try await test.queue.resume()
            #expect(try await test.takeIDs() == ["a"])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `who waits does not wake for jobs of a paused queue`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a")
            try await test.queue.pause()
            let begin = ContinuousClock.now
            await test.queue.waitForJobs(upTo: .milliseconds(60))
            #expect(.now - begin >= .milliseconds(60), "else a worker would ask again and again")
        }
    }

    @Test(arguments: TestQueue.engines, [false, true])
    func `who waits wakes when the queue goes on`(engine: QueueEngine, byOther: Bool) async throws {
        // Looking again now and then would hide that a wake-up was lost.
        try await TestQueue.with(engine, pollInterval: byOther ? .milliseconds(20) : .hours(1)) { test in
            try await test.add("a")
            try await test.queue.pause()
            async let waiting: Void = test.queue.waitForJobs(upTo: .hours(1))
            try await (byOther ? test.other : test.queue).resume()
            await waiting
            #expect(try await test.takeIDs() == ["a"])
        }
    }
}
