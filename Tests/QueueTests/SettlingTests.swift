import Model
import Queue
import TestSupport
import Testing

/// What every queue promises about ending and taking in one step, deadlines, and what a job is about.
@Suite(.timeLimit(.minutes(20)))
struct SettlingTests {
    @Test(arguments: TestQueue.engines)
    func `jobs end each in its way and others are taken in the same step`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a", "b", "c", "d", "e", "f", "g", attempts: 2)
            let first = try await test.queue.take(limit: 2, worker: "worker")
            let second = try await test.queue.take(limit: 3, worker: "worker")
            let ends: [JobEnd] = [.finished, .tryAgain(why: "No."), .giveUp(why: "Gone."), .giveBack, .finished]
            let settled = try await test.queue.settle(
                zip(first + second, ends).map { EndedJob($0, $1) },
                thenTake: 2,
                worker: "worker"
            )
            #expect(settled.lost == [])
            #expect(settled.taken.map(\.id) == ["d", "f"], "what was given back comes first")
            #expect(try await test.queue.counts() == QueueCounts(waiting: 1, delayed: 1, active: 2, failed: 1))
            #expect(try await test.queue.failures(of: ["c"]) == ["c": "Gone."])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `the end of a lost job is told and keeps no other from ending`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("lost", "has-failed", "kept", "late")
            let old = try await test.queue.take(limit: 2, worker: "dead")
            #expect(try await test.loseWorkers() == 2)
            let again = try await test.other.take(limit: 2, worker: "other")
            #expect(again.map(\.id) == ["lost", "has-failed"])
            let kept = try await test.queue.take(limit: 1, worker: "worker")
            let settled = try await test.queue.settle(
                [
                    EndedJob(old[0], .finished), EndedJob(kept[0], .finished), EndedJob(old[1], .giveUp(why: "No.")),
                ],
                thenTake: 5,
                worker: "worker"
            )
            #expect(Set(settled.lost) == Set(old))
            #expect(settled.taken.map(\.id) == ["late"])
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 3, failed: 0))
            #expect(try await test.queue.renew(again) == [])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `an end that is told twice counts once`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.add("a", attempts: 5)
            let end = EndedJob(try await test.takeOne(), .tryAgain(why: "No."))
            #expect(try await test.queue.settle([end], thenTake: 0, worker: "worker").lost == [])
            #expect(try await test.queue.settle([end], thenTake: 0, worker: "worker").lost == [end.job])
            test.clock.advance(by: .seconds(5))
            #expect(try await test.takeOne().attempt == 2)
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a job keeps its deadline through its tries`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            var job = NewJob.sample("a", attempts: 2)
            job.deadline = .milliseconds(90_500)
            try await test.queue.add([job, .sample("none")])
            let taken = try await test.queue.take(limit: 2, worker: "worker")
            #expect(taken.map(\.deadline) == [.milliseconds(90_500), nil])
            try await test.queue.finish(taken[0], .tryAgain(why: "It was not done within 90.5 seconds."))
            test.clock.advance(by: .seconds(5))
            #expect(try await test.takeOne().deadline == .milliseconds(90_500))
        }
    }

    @Test(arguments: TestQueue.engines, [(chance: 0.0, wait: 3_000), (0.5, 4_000), (0.999_999, 4_999)])
    func `chance shortens the wait for the next try`(
        engine: QueueEngine,
        times: (chance: Double, wait: Int)
    ) async throws {
        try await TestQueue.with(engine, chance: { times.chance }) { test in
            var job = NewJob.sample("a", attempts: 2)
            job.backoff = Backoff(base: .seconds(5), limit: .seconds(15), jitterPercent: 40)
            try await test.queue.add([job])
            try await test.queue.finish(try await test.takeOne(), .tryAgain(why: "No."))
            test.clock.advance(by: .milliseconds(times.wait - 1))
            #expect(try await test.takeIDs() == [])
            test.clock.advance(by: .milliseconds(1))
            #expect(try await test.takeIDs() == ["a"])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `chance does not shorten the wait that the other side wants`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            var job = NewJob.sample("a", attempts: 2)
            job.backoff = Backoff(base: .seconds(5), limit: .seconds(15), jitterPercent: 100)
            try await test.queue.add([job])
            try await test.queue.finish(try await test.takeOne(), .tryAgain(why: "Busy.", after: .seconds(9)))
            test.clock.advance(by: .milliseconds(8_999))
            #expect(try await test.takeIDs() == [])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `while a job is pending no other about the same is added`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            func about(_ subject: String?, _ id: String, delay: Duration = .zero) -> NewJob {
                var job = NewJob.sample(id, delay: delay)
                job.deduplication = subject
                return job
            }
            #expect(try await test.queue.add([about("lamp", "a"), about("lamp", "b"), about("desk", "c")]) == 2)
            test.clock.advance(by: .milliseconds(1))
            #expect(try await test.other.add([about("lamp", "d"), about(nil, "e"), about(nil, "f")]) == 2)
            let lamp = try await test.takeOne()
            #expect(lamp.id == "a")
            #expect(try await test.queue.add([about("lamp", "d")]) == 0, "it is worked on")
            try await test.queue.finish(lamp, .finished)
            #expect(try await test.queue.add([about("lamp", "d", delay: .seconds(9))]) == 1)
            #expect(try await test.queue.add([about("lamp", "g")]) == 0, "it is delayed")
            let desk = try await test.takeOne()
            try await test.queue.finish(desk, .giveUp(why: "No."))
            #expect(try await test.queue.add([about("desk", "h")]) == 1, "a failed one is not pending")
            #expect(try await test.queue.add([about("desk", "c")]) == 0, "nor may it start over beside another")
            #expect(try await test.queue.counts() == QueueCounts(waiting: 3, delayed: 1, active: 0, failed: 1))
        }
    }

    @Test(
        arguments: TestQueue.engines,
        [
            (NewJob(id: "a", name: "x", payload: "{}", deadline: .zero), "deadline"),
            (NewJob(id: "a", name: "x", payload: "{}", deduplication: ""), "about"),
            (NewJob(id: "a", name: "x", payload: "{}", deduplication: String(repeating: "x", count: 201)), "about"),
            (NewJob(id: "a", name: "x", payload: "{}", backoff: .fixed(.seconds(1), jitterPercent: 101)), "percent"),
        ]
    )
    func `what makes no sense is refused`(engine: QueueEngine, job: (NewJob, word: String)) async throws {
        try await TestQueue.with(engine) { test in
            let error = await #expect(throws: QueueError.self) { try await test.queue.add([job.0]) }
            #expect(String(describing: error).contains(job.word))
        }
    }

    @Test(arguments: TestQueue.engines)
    func `says how long the one that waits longest has waited`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            #expect(try await test.queue.longestWait() == nil)
            try await test.add("is-delayed", delay: .seconds(60))
            #expect(try await test.queue.longestWait() == nil)
            try await test.add("low", priority: 9)
            test.clock.advance(by: .seconds(10))
            try await test.add("high")
            #expect(try await test.queue.longestWait() == .seconds(10))
            test.clock.advance(by: .seconds(60))
            #expect(try await test.takeIDs(1) == ["high"])
            #expect(try await test.queue.longestWait() == .seconds(70))
            #expect(try await test.takeIDs(2) == ["is-delayed", "low"])
            #expect(try await test.queue.longestWait() == nil)
        }
    }
}
