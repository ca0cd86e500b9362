import Model
import Queue
import TestSupport
import Testing

/// What every queue promises about jobs that come again.
@Suite(.timeLimit(.minutes(20)))
struct SchedulerTests {
    private static func every(_ interval: Duration, id: String = "tidy") -> JobScheduler {
        JobScheduler(
            id: id,
            rhythm: .every(interval),
            template: NewJob(
                id: "",
                name: "maintenance-tidy",
                payload: "{\"a\":1}",
                attempts: 2,
                deadline: .seconds(60)
            )
        )
    }

    private static func cron(zone: String = "UTC") throws -> JobScheduler {
        JobScheduler(
            id: "digest",
            rhythm: .cron(try Cron("0 * * * *"), zone: zone),
            template: NewJob(id: "", name: "send-digest-scheduled", payload: "{}")
        )
    }

    @Test(arguments: TestQueue.engines)
    func `an interval begins at once, and the next job is made when one is taken`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            let start = test.clock.now
            try await test.queue.upsert(Self.every(.minutes(10)))
            let job = try await test.takeOne()
            #expect(job.id == "repeat:tidy:\(start.milliseconds)")
            #expect(job.name == "maintenance-tidy")
            #expect(job.payload == "{\"a\":1}")
            #expect(job.attempts == 2)
            #expect(job.deadline == .seconds(60))
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 1, active: 1, failed: 0))
            try await test.queue.finish(job, .finished)
            test.clock.advance(by: .minutes(10) - .milliseconds(1))
            #expect(try await test.takeIDs() == [])
            test.clock.advance(by: .milliseconds(1))
            #expect(try await test.takeIDs() == ["repeat:tidy:\((start + .minutes(10)).milliseconds)"])
            let kept = try await test.queue.schedulers()
            #expect(
                kept == [KeptJobScheduler(scheduler: Self.every(.minutes(10)), next: start + .minutes(20), made: 3)]
            )
        }
    }

    @Test(arguments: TestQueue.engines)
    func `times that nobody took are skipped, and an interval keeps its moments`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            let start = test.clock.now
            try await test.queue.upsert(Self.every(.minutes(10)))
            test.clock.advance(by: .minutes(47))
            #expect(try await test.takeIDs() == ["repeat:tidy:\(start.milliseconds)"])
            #expect(try await test.takeIDs() == [])
            #expect(try await test.queue.schedulers().map(\.next) == [start + .minutes(50)])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a pattern gives its times in its zone`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            // It is a full hour now, and the next time comes after it.
            let start = test.clock.now
            try await test.queue.upsert(try Self.cron(zone: "Half"))
            #expect(try await test.queue.schedulers().map(\.next) == [start + .minutes(30)])
            test.clock.advance(by: .hours(5))
            #expect(try await test.takeIDs() == ["repeat:digest:\((start + .minutes(30)).milliseconds)"])
            #expect(try await test.queue.schedulers().map(\.next) == [start + .minutes(330)])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a job that is tried again or lost does not make another one`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.queue.upsert(Self.every(.hours(1)))
            try await test.queue.finish(try await test.takeOne(), .tryAgain(why: "No."))
            test.clock.advance(by: .seconds(5))
            _ = try await test.takeOne()
            #expect(try await test.loseWorkers() == 1)
            let again = try await test.takeOne()
            try await test.queue.finish(again, .giveBack)
            _ = try await test.takeOne()
            #expect(try await test.queue.schedulers().map(\.made) == [2])
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 1, active: 1, failed: 0))
        }
    }

    @Test(arguments: TestQueue.engines)
    func `the chain goes on when a job is given up`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.queue.upsert(Self.every(.hours(1)))
            for _ in 1...3 {
                try await test.queue.finish(try await test.takeOne(), .giveUp(why: "No."))
                test.clock.advance(by: .hours(1))
            }
            #expect(try await test.queue.counts() == QueueCounts(waiting: 1, delayed: 0, active: 0, failed: 3))
        }
    }

    @Test(arguments: TestQueue.engines)
    func `no more are made than the limit says`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            var scheduler = Self.every(.hours(1))
            scheduler.limit = 3
            try await test.queue.upsert(scheduler)
            var taken = 0
            for _ in 1...6 {
                for job in try await test.queue.take(limit: 9, worker: "worker") {
                    taken += 1
                    try await test.queue.finish(job, .finished)
                }
                test.clock.advance(by: .hours(1))
                _ = try await test.queue.recoverStalled()
                try await test.queue.upsert(scheduler)
            }
            #expect(taken == 3)
            #expect(try await test.queue.schedulers().map(\.made) == [3])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `none is due before the start, and none is made after the end`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            let begin = test.clock.now
            var scheduler = Self.every(.hours(1))
            scheduler.start = begin + .minutes(90)
            scheduler.end = begin + .minutes(160)
            try await test.queue.upsert(scheduler)
            var times: [Int] = []
            for minute in 0..<400 {
                if try await !test.takeIDs().isEmpty { times.append(minute) }
                test.clock.advance(by: .minutes(1))
            }
            #expect(times == [90, 150, 210], "the one made at 150 comes although it is late")
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a pattern can be due at the very moment of the start`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            var scheduler = try Self.cron()
            scheduler.start = test.clock.now + .hours(48)
            try await test.queue.upsert(scheduler)
            #expect(try await test.queue.schedulers().map(\.next) == [test.clock.now + .hours(48)])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `the same settings again keep the next time and renew the job`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.queue.upsert(Self.every(.minutes(10)))
            _ = try await test.takeOne()
            let before = try await test.queue.schedulers()
            test.clock.advance(by: .minutes(3))
            var scheduler = Self.every(.minutes(10))
            scheduler.template.payload = "{\"a\":2}"
            try await test.other.upsert(scheduler)
            let after = try await test.queue.schedulers()
            #expect(after.map(\.next) == before.map(\.next))
            #expect(after.map(\.made) == before.map(\.made))
            test.clock.advance(by: .minutes(7))
            // One that waits already is kept too: it would be lost otherwise.
            try await test.queue.upsert(scheduler)
            let job = try await test.takeOne()
            #expect(job.payload == "{\"a\":2}")
            #expect(job.id == "repeat:tidy:\(try #require(before.first).next.milliseconds)")
        }
    }

    @Test(arguments: TestQueue.engines)
    func `another time replaces the job that waits`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            let start = test.clock.now
            try await test.queue.upsert(try Self.cron())
            try await test.queue.upsert(try Self.cron(zone: "Half"))
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 1, active: 0, failed: 0))
            var scheduler = try Self.cron()
            scheduler.rhythm = .every(.minutes(7))
            try await test.queue.upsert(scheduler)
            #expect(try await test.takeIDs() == ["repeat:digest:\(start.milliseconds)"])
            #expect(try await test.queue.schedulers().map(\.next) == [start + .minutes(7)])
            #expect(try await test.queue.schedulers().map(\.made) == [2])
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a removed scheduler makes no more jobs, and what waits or runs goes on`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.queue.upsert(Self.every(.minutes(10)))
            let running = try await test.takeOne()
            #expect(try await test.queue.removeScheduler("tidy"))
            #expect(try await test.other.removeScheduler("tidy") == false)
            #expect(try await test.queue.schedulers() == [])
            #expect(try await test.queue.finish(running, .tryAgain(why: "No.")))
            test.clock.advance(by: .hours(1))
            #expect(try await test.takeIDs() == [running.id])

            try await test.queue.upsert(Self.every(.minutes(10), id: "waits"))
            #expect(try await test.queue.removeScheduler("waits"))
            #expect(try await test.takeIDs().count == 1)
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 2, failed: 0))
        }
    }

    @Test(arguments: TestQueue.engines)
    func `many workers make one next job of each that is taken`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            for id in ["a", "b", "c"] { try await test.queue.upsert(Self.every(.minutes(10), id: id)) }
            for _ in 1...10 {
                let taken = try await withThrowingTaskGroup(of: [Job].self) { group in
                    for worker in 0..<6 {
                        let queue = worker.isMultiple(of: 2) ? test.queue : test.other
                        group.addTask { try await queue.take(limit: 1, worker: "worker-\(worker)") }
                    }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                #expect(taken.count == 3)
                #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 3, active: 3, failed: 0))
                for job in taken { try await test.queue.finish(job, .finished) }
                test.clock.advance(by: .minutes(10))
            }
        }
    }

    @Test(arguments: TestQueue.engines)
    func `a clock that was set back does not hold up an interval`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            try await test.queue.upsert(Self.every(.minutes(10)))
            _ = try await test.takeOne()
            test.clock.jump(by: .days(-1))
            _ = try await test.queue.recoverStalled()
            test.clock.advance(by: .minutes(10))
            #expect(try await test.takeIDs().count == 1)
            #expect(try await test.queue.counts().delayed == 1)
        }
    }

    @Test(
        arguments: TestQueue.engines,
        [
            (SchedulerTests.every(.zero), "interval"), (SchedulerTests.every(.minutes(1), id: "a:b"), "“:”"),
            (SchedulerTests.every(.minutes(1), id: ""), "Its id"),
            (try? SchedulerTests.cron(zone: "Mars/Base"), "There is no time zone “Mars/Base”."),
        ]
    )
    func `one that can't work is refused with the reason`(
        engine: QueueEngine,
        refused: (scheduler: JobScheduler?, word: String)
    ) async throws {
        let scheduler = try #require(refused.scheduler)
        try await TestQueue.with(engine) { test in
            let error = await #expect(throws: QueueError.self) { try await test.queue.upsert(scheduler) }
            #expect(String(describing: error).contains(refused.word), "\(String(describing: error))")
            let kept = try await test.queue.schedulers()
            #expect(kept == [])
            let taken = try await test.takeIDs()
            #expect(taken == [])
        }
    }
}
