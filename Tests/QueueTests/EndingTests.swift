import Model
import Queue
import TestSupport
import Testing

/// What every queue promises about the end of a job's turn.
@Suite(.timeLimit(.minutes(20)))
struct EndingTests {
    @Test(arguments: TestQueue.engines)
    func `a finished job is gone`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a")
            let job = try await test.takeOne()
            #expect(try await test.queue.finish(job, .finished))
            #expect(try await test.queue.isPending("a") == false)
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 0, failed: 0))
            #expect(try await test.queue.finish(job, .finished) == false)
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a job is tried again with longer and longer waits until its attempts are used up`(
        engine: QueueEngine
    ) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a", attempts: 4)
            for (attempt, wait) in [(1, 5), (2, 10), (3, 15)] {
                let job = try await test.takeOne()
                #expect(job.attempt == attempt)
                #expect(try await test.queue.finish(job, .tryAgain(why: "The shop is down.")))
                test.clock.advance(by: .milliseconds(wait * 1000 - 1))
                #expect(try await test.takeIDs() == [], "before the wait after attempt \(attempt)")
                test.clock.advance(by: .milliseconds(1))
            }
            let job = try await test.takeOne()
            #expect(job.attempt == 4)
            #expect(try await test.queue.finish(job, .tryAgain(why: "The shop is down.")))
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 0, failed: 1))
        }
    }

    @Test(arguments: TestQueue.engines, [(after: 60, wait: 60), (after: 2, wait: 5)])
    func `a job is not tried before the other side wants it`(
        engine: QueueEngine,
        times: (after: Int, wait: Int)
    ) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a", attempts: 2)
            let job = try await test.takeOne()
            try await test.queue.finish(job, .tryAgain(why: "Too many requests.", after: .seconds(times.after)))
            test.clock.advance(by: .milliseconds(times.wait * 1000 - 1))
            #expect(try await test.takeIDs() == [])
            test.clock.advance(by: .milliseconds(1))
            #expect(try await test.takeIDs() == ["a"])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a job that is given up is not offered again`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a", attempts: 9)
            #expect(try await test.queue.finish(try await test.takeOne(), .giveUp(why: "The address is gone.")))
            test.clock.advance(by: .hours(24))
            #expect(try await test.takeIDs() == [])
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 0, failed: 1))
        }
    }

    @Test(arguments: TestQueue.engines)
    func `only the newest failed jobs are kept`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            let last = TestQueue.keptFailures + 5
            for number in 1...last {
                try await test.add("job-\(number)")
                try await test.queue.finish(try await test.takeOne(), .giveUp(why: "No."))
                test.clock.advance(by: .milliseconds(1))
            }
            #expect(try await test.queue.counts().failed == TestQueue.keptFailures)
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a job that is given back comes first, and the try does not count`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a", "b", "c", attempts: 2)
            #expect(try await test.queue.finish(try await test.takeOne(), .giveBack))
            #expect(try await test.queue.counts() == QueueCounts(waiting: 3, delayed: 0, active: 0, failed: 0))
            let jobs = try await test.queue.take(limit: 3, worker: "worker")
            #expect(jobs.map(\.id) == ["a", "b", "c"])
            #expect(jobs.map(\.attempt) == [1, 1, 1])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a lease keeps others away until it runs out`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a", attempts: 1)
            let first = try await test.takeOne()
            #expect(try await test.other.recoverStalled() == 0)
            test.clock.advance(by: TestQueue.lease - .milliseconds(1))
            #expect(try await test.other.recoverStalled() == 0)
            #expect(try await test.other.take(limit: 1, worker: "other") == [])

            test.clock.advance(by: .milliseconds(1))
            #expect(try await test.other.recoverStalled() == 1)
            let second = try #require(try await test.other.take(limit: 1, worker: "other").first)
            #expect(second.attempt == 1, "a stall is not the job's fault")

            for end: JobEnd in [.finished, .tryAgain(why: "No."), .giveUp(why: "No."), .giveBack] {
                #expect(try await test.queue.finish(first, end) == false)
            }
            #expect(try await test.queue.renew([first]) == [first])
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 1, failed: 0))
            #expect(try await test.other.finish(second, .finished))
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a renewed lease lasts anew, and a lost one is told`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a", "b")
            let batch = try await test.queue.take(limit: 2, worker: "worker")
            try await test.add("c")
            let single = try await test.takeOne()
            try await test.queue.finish(batch[1], .finished)
            test.clock.advance(by: .seconds(20))
            #expect(try await test.queue.renew(batch + [single]) == [batch[1]])
            test.clock.advance(by: .seconds(20))
            #expect(try await test.queue.recoverStalled() == 0)
            test.clock.advance(by: .seconds(10))
            #expect(try await test.queue.recoverStalled() == 2)
            #expect(try await test.queue.renew([]) == [])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a job that one had before is not taken from the other who has it now`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a")
            try await test.queue.finish(try await test.takeOne(), .giveBack)
            let job = try #require(try await test.other.take(limit: 1, worker: "other").first)
            for _ in 1...4 {
                test.clock.advance(by: TestQueue.lease / 2)
                #expect(try await test.other.renew([job]) == [])
            }
            #expect(try await test.queue.recoverStalled() == 0)
            #expect(try await test.other.finish(job, .finished))
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a stalled job comes first`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a")
            _ = try await test.takeOne()
            try await test.add("b")
            test.clock.advance(by: TestQueue.lease)
            #expect(try await test.queue.recoverStalled() == 1)
            #expect(try await test.takeIDs() == ["a", "b"])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a job that stalls a sixth time is given up, and once more when it is added again`(
        engine: QueueEngine
    ) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("poison", attempts: 10)
            for _ in 1...5 {
                _ = try await test.takeOne()
                test.clock.advance(by: TestQueue.lease)
                #expect(try await test.queue.recoverStalled() == 1)
            }
            for _ in 1...2 {
                _ = try await test.takeOne()
                test.clock.advance(by: TestQueue.lease)
                #expect(try await test.queue.recoverStalled() == 0)
                #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 0, failed: 1))
                try await test.add("poison", attempts: 10)
            }
        }
    }
}
