import Model
import Queue
import SQL
import TestSupport
import Testing

/// What every queue promises to those who wait for jobs.
///
/// A wake-up that is lost shows as a test that runs into its time limit.
@Suite(.timeLimit(.minutes(20)))
struct WaitingTests {
    @Test(arguments: TestQueue.engines)
    func `returns at once when a job waits`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a")
            await test.queue.waitForJobs(upTo: .hours(1))
            #expect(try await test.takeIDs() == ["a"])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `returns at its limit when none comes`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("later", delay: .hours(1))
            await test.queue.waitForJobs(upTo: .milliseconds(30))
            #expect(try await test.takeIDs() == [])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `returns when the task is cancelled`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            let waiting = Task { await test.queue.waitForJobs(upTo: .hours(1)) }
            waiting.cancel()
            await waiting.value
            let counts = try await test.queue.counts()
            #expect(counts.waiting == 0)
        }
    }

    @Test(arguments: TestQueue.engines, [false, true])
    func `no job that is added while somebody looks or waits is missed`(engine: QueueEngine, byOther: Bool) async throws
    {
        // Looking again now and then would hide that a wake-up was lost.
        try await TestQueue.with(engine, pollInterval: byOther ? .milliseconds(20) : .hours(1)) { test in
            let count = 100
            async let taken = test.takeByWaiting(count)
            for number in 0..<count {
                try await (byOther ? test.other : test.queue).add([.sample("job-\(number)")])
                for _ in 0..<number % 7 { await Task.yield() }
            }
            let ids = try await taken
            #expect(ids.sorted() == (0..<count).map { "job-\($0)" }.sorted())
        }
    }

    @Test(arguments: TestQueue.engines, [JobEnd.giveBack, .tryAgain(why: "No.")])
    func `wakes for a job that comes back`(engine: QueueEngine, end: JobEnd) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a", attempts: 2)
            let job = try #require(try await test.queue.take(limit: 1, worker: "worker").first)
            async let waiting: Void = test.queue.waitForJobs(upTo: .hours(1))
            try await test.queue.finish(job, end)
            test.clock.advance(by: .seconds(5))
            await waiting
            #expect(try await test.takeIDs() == ["a"])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `wakes when a delayed job's time has come`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a", delay: .seconds(60))
            async let waiting: Void = test.queue.waitForJobs(upTo: .hours(1))
            test.clock.advance(by: .seconds(60))
            await waiting
            #expect(try await test.takeIDs() == ["a"])
        }
    }

    /// Where a server can tell, nobody has to look again and again: here the next look would come in an hour.
    @Test
    func `who listens hears of jobs of another process`() async throws {
        try await TestQueue.with(.database(.postgres), pollInterval: .hours(1)) { test in
            let listening = Task { await test.queue.listen() }
            defer { listening.cancel() }
            for id in ["a", "b", "c"] {
                async let taken = test.takeByWaiting(1)
                try await test.other.add([.sample(id)])
                #expect(try await taken == [id])
            }
        }
    }
}

extension TestQueue {
    /// Takes `count` jobs one by one; cancellation ends it, so that a lost wake-up ends at the time limit.
    fileprivate func takeByWaiting(_ count: Int) async throws -> [String] {
        var taken: [String] = []
        while taken.count < count {
            let ids = try await takeIDs(1)
            if ids.isEmpty { await queue.waitForJobs(upTo: .hours(1)) }
            try Task.checkCancellation()
            taken += ids
        }
        return taken
    }
}
