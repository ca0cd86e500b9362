import Model
import Queue
import TestSupport
import Testing

/// What every queue promises about adding and taking.
@Suite(.timeLimit(.minutes(20)))
struct AddingTests {
    @Test(arguments: TestQueue.engines)
    func `a taken job is the added one`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.queue.add([
                NewJob(id: "größe-1", name: "odd name", payload: "{\"ü\":\"🛒\\u0000\"}", priority: 3, attempts: 7)
            ])
            let added = test.clock.now
            test.clock.advance(by: .seconds(3))
            let jobs = try await test.queue.take(limit: 5, worker: "worker")
            let job = try #require(jobs.first)
            #expect(jobs.count == 1)
            #expect(job.id == "größe-1")
            #expect(job.name == "odd name")
            #expect(job.payload == "{\"ü\":\"🛒\\u0000\"}")
            #expect(job.attempt == 1)
            #expect(job.attempts == 7)
            #expect(job.added == added)
            #expect(!job.lease.isEmpty)
        }
    }

    @Test(arguments: TestQueue.engines)
    func `jobs come in the order in which they were added`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("c", "a")
            try await test.add("b")
            test.clock.advance(by: .milliseconds(1))
            try await test.add("d")
            #expect(try await test.takeIDs(3) == ["c", "a", "b"])
            #expect(try await test.takeIDs(3) == ["d"])
            #expect(try await test.takeIDs(3) == [])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a lower priority number comes sooner, and 0 before all`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("last", priority: 2_097_151)
            try await test.add("ten-1", "ten-2", priority: 10)
            try await test.add("one", priority: 1)
            try await test.add("zero")
            #expect(try await test.takeIDs() == ["zero", "one", "ten-1", "ten-2", "last"])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a delayed job is offered when its time has come`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("late-1", "late-2", delay: .seconds(10))
            try await test.add("soon", delay: .seconds(5))
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 3, active: 0, failed: 0))
            #expect(try await test.takeIDs() == [])
            test.clock.advance(by: .milliseconds(9999))
            #expect(try await test.queue.counts() == QueueCounts(waiting: 1, delayed: 2, active: 0, failed: 0))
            #expect(try await test.takeIDs() == ["soon"])
            test.clock.advance(by: .milliseconds(1))
            #expect(try await test.takeIDs() == ["late-1", "late-2"])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a delayed job queues behind those that were ready before it`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("is-delayed", delay: .seconds(10))
            test.clock.advance(by: .seconds(5))
            try await test.add("before")
            test.clock.advance(by: .seconds(10))
            try await test.add("after")
            #expect(try await test.takeIDs() == ["before", "is-delayed", "after"])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `an id that is present is not added again`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            #expect(try await test.add("a", "b", "a") == 2)
            #expect(try await test.add("b", "c", priority: 5) == 1)
            #expect(try await test.other.add([.sample("c", delay: .seconds(1))]) == 0)
            let jobs = try await test.queue.take(limit: 10, worker: "worker")
            #expect(jobs.map(\.id) == ["a", "b", "c"])
            #expect(try await test.add("a") == 0)
            try await test.queue.finish(try #require(jobs.first), .finished)
            #expect(try await test.add("a") == 1)
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a failed job can be added again and starts over`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a", attempts: 2)
            for _ in 1...2 {
                let job = try #require(try await test.queue.take(limit: 1, worker: "worker").first)
                try await test.queue.finish(job, .tryAgain(why: "No."))
                test.clock.advance(by: .seconds(20))
            }
            #expect(try await test.queue.counts().failed == 1)
            #expect(try await test.add("a", attempts: 5) == 1)
            let job = try #require(try await test.queue.take(limit: 1, worker: "worker").first)
            #expect(job.attempt == 1)
            #expect(job.attempts == 5)
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 1, failed: 0))
        }
    }

    @Test(
        arguments: TestQueue.engines,
        [
            "", "17", "-17", "007", "a:b", ":", "0:a:b", "a:b:c:d", String(repeating: "x", count: 201), "a\0b", "wait",
            "delayed",
        ]
    )
    func `an id that BullMQ would refuse is refused with all of its batch`(engine: QueueEngine, id: String) async throws
    {
        try await TestQueue.with(engine) { test in
            let error = await #expect(throws: QueueError.self) {
                try await test.queue.add([.sample("good"), .sample(id)])
            }
            #expect(String(describing: error).contains("its id"))
            let counts = try await test.queue.counts()
            #expect(counts.waiting == 0)
        }
    }

    @Test(arguments: TestQueue.engines, ["a", "-", "17a", "repeat:x:17", "check-01abc-123", "ä 1", "1.5"])
    func `an id that BullMQ takes is taken`(engine: QueueEngine, id: String) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add(id)
            #expect(try await test.takeIDs() == [id])
        }
    }

    @Test(
        arguments: TestQueue.engines,
        [
            NewJob(id: "a", name: "", payload: "{}"),
            NewJob(id: "a", name: .checkPrice, payload: ""),
            NewJob(id: "a", name: .checkPrice, payload: "[1]"),
            NewJob(id: "a", name: .checkPrice, payload: "{}", priority: -1),
            NewJob(id: "a", name: .checkPrice, payload: "{}", priority: 2_097_152),
            NewJob(id: "a", name: .checkPrice, payload: "{}", attempts: 0),
        ]
    )
    func `a job that breaks a rule is refused`(engine: QueueEngine, job: NewJob) async throws {
        try await TestQueue.with(engine) { test in
            await #expect(throws: QueueError.self) { try await test.queue.add([job]) }
            let counts = try await test.queue.counts()
            #expect(counts.waiting == 0)
        }
    }

    @Test(arguments: TestQueue.engines)
    func `knows which jobs are still to be done`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("waiting")
            try await test.add("is-delayed", delay: .seconds(1))
            #expect(try await test.queue.isPending("waiting"))
            #expect(try await test.queue.isPending("is-delayed"))
            #expect(try await test.queue.isPending("nobody") == false)
            let job = try #require(try await test.queue.take(limit: 1, worker: "worker").first)
            #expect(try await test.queue.isPending("waiting"))
            try await test.queue.finish(job, .giveUp(why: "No."))
            #expect(try await test.queue.isPending("waiting") == false)
            try await test.queue.ping()
        }
    }

    @Test(arguments: TestQueue.engines)
    func `many takers never get the same job`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            let ids = (0..<300).map { "job-\($0)" }
            try await test.queue.add(ids.map { .sample($0) })
            let taken = try await withThrowingTaskGroup(of: [String].self) { group in
                for taker in 0..<8 {
                    group.addTask {
                        let queue = taker.isMultiple(of: 2) ? test.queue : test.other
                        var mine: [String] = []
                        while true {
                            let jobs = try await queue.take(limit: 7, worker: "worker-\(taker)")
                            if jobs.isEmpty { return mine }
                            for job in jobs {
                                #expect(try await queue.finish(job, .finished))
                                mine.append(job.id)
                            }
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.sorted() == ids.sorted())
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 0, failed: 0))
        }
    }
}
