import Model
import Queue
import TestSupport
import Testing

/// What every queue promises to people who look at its jobs and set them right.
@Suite(.timeLimit(.minutes(20)))
struct LookingTests {
    @Test(arguments: TestQueue.engines)
    func `shows the jobs of each state in their order, page by page`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            let start = test.clock.now
            try await test.add("fails-first", "fails-last", "is-held", attempts: 2)
            let jobs = try await test.queue.take(limit: 3, worker: "somebody")
            try await test.queue.finish(jobs[0], .giveUp(why: "Gone."))
            test.clock.advance(by: .seconds(1))
            try await test.queue.finish(jobs[1], .giveUp(why: "Gone too."))
            try await test.add("low-1", "low-2", "low-3", priority: 5)
            try await test.add("high-1", "high-2")
            try await test.add("later", delay: .seconds(60))
            try await test.add("soon", delay: .seconds(30))

            #expect(
                try await test.other.jobs(.failed, limit: 9, offset: 0) == [
                    KeptJob(
                        id: "fails-last",
                        name: .checkPrice,
                        added: start,
                        attemptsMade: 1,
                        attempts: 2,
                        ended: start + .seconds(1),
                        problem: "Gone too."
                    ),
                    KeptJob(
                        id: "fails-first",
                        name: .checkPrice,
                        added: start,
                        attemptsMade: 1,
                        attempts: 2,
                        ended: start,
                        problem: "Gone."
                    ),
                ]
            )
            let active = try await test.queue.jobs(.active, limit: 9, offset: 0)
            #expect(active.map(\.id) == ["is-held"])
            #expect(active.map(\.worker) == ["somebody"])
            let delayed = try await test.queue.jobs(.delayed, limit: 9, offset: 0)
            #expect(delayed.map(\.id) == ["soon", "later"])
            #expect(delayed.map(\.due) == [test.clock.now + .seconds(30), test.clock.now + .seconds(60)])
            let waiting = ["high-1", "high-2", "low-1", "low-2", "low-3"]
            for size in 1...6 {
                var found: [String] = []
                for offset in stride(from: 0, to: 6, by: size) {
                    found += try await test.queue.jobs(.waiting, limit: size, offset: offset).map(\.id)
                }
                #expect(found == waiting, "in pages of \(size)")
            }
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a failed job starts over when it is told to`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a", priority: 3, attempts: 2)
            try await test.queue.finish(try await test.takeOne(), .giveUp(why: "No."))
            #expect(try await test.queue.retry("nobody") == false)
            async let waiting: Void = test.queue.waitForJobs(upTo: .hours(1))
            #expect(try await test.queue.retry("a"))
            await waiting
            #expect(try await test.other.retry("a") == false, "it waits already")
            #expect(try await test.queue.jobs(.waiting, limit: 1, offset: 0).map(\.problem) == [nil])
            let job = try await test.takeOne()
            #expect(job.attempt == 1)
            #expect(job.attempts == 2)
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 1, failed: 0))
            #expect(try await test.queue.finish(job, .finished))
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a failed job does not start over beside another one about the same`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            var job = NewJob.sample("a")
            job.deduplication = "lamp"
            try await test.queue.add([job])
            try await test.queue.finish(try await test.takeOne(), .giveUp(why: "No."))
            job.id = "b"
            try await test.queue.add([job])
            #expect(try await test.queue.retry("a") == false)
            try await test.queue.finish(try await test.takeOne(), .finished)
            #expect(try await test.queue.retry("a"))
            job.id = "c"
            #expect(try await test.queue.add([job]) == 0, "it is about the same again")
        }
    }

    @Test(arguments: TestQueue.engines)
    func `what nobody works on can be removed, but for the next job of a scheduler`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("is-held", "fails")
            let held = try await test.takeOne()
            try await test.queue.finish(try await test.takeOne(), .giveUp(why: "No."))
            try await test.add("waits")
            try await test.add("is-low", priority: 4)
            try await test.add("is-late", delay: .seconds(9))
            for id in ["fails", "waits", "is-low", "is-late"] {
                #expect(try await test.queue.remove(id))
                #expect(try await test.other.remove(id) == false)
            }
            #expect(try await test.queue.remove("is-held") == false)
            #expect(try await test.queue.finish(held, .finished))
            try await test.queue.upsert(
                JobScheduler(id: "tidy", rhythm: .every(.minutes(1)), template: .sample(""))
            )
            let next = try #require(try await test.queue.jobs(.waiting, limit: 9, offset: 0).first)
            #expect(try await test.queue.remove(next.id) == false)
            #expect(try await test.queue.counts() == QueueCounts(waiting: 1, delayed: 0, active: 0, failed: 0))
        }
    }
}
