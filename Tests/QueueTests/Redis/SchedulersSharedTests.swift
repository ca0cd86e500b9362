import Model
import Queue
import TestSupport
import Testing

/// Clients and we see, continue, change and remove each other's job schedulers.
@Suite(.timeLimit(.minutes(20)))
struct SchedulersSharedTests {
    private static func every(_ interval: Duration) -> JobScheduler {
        JobScheduler(id: "s", rhythm: .every(interval), template: .sample("", attempts: 4))
    }

    private static func cron(_ pattern: String, _ zone: String = "Europe/Berlin") throws -> JobScheduler {
        JobScheduler(id: "s", rhythm: .cron(try Cron(pattern), zone: zone), template: .sample(""))
    }

    @Test(arguments: BullClient.Version.allCases)
    func `we see what a client made`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            let end = 4_000_000_000_000
            try await test.client.queue(
                "upsertJobScheduler",
                "s",
                ["every": 3_600_000, "limit": 9, "endDate": .int(end)],
                "check-price",
                ["word": "Ü"],
                ["attempts": 4, "priority": 2, "backoff": ["type": "fixed", "delay": 500]]
            )
            let kept = try #require(try await test.queue.schedulers().first)
            #expect(kept.made == 1)
            #expect(kept.scheduler.rhythm == .every(.hours(1)))
            #expect(kept.scheduler.limit == 9)
            #expect(kept.scheduler.end == Timestamp(milliseconds: end))
            #expect(kept.scheduler.template.name == "check-price")
            #expect(try JSON(kept.scheduler.template.payload) == ["word": "Ü"])
            #expect(kept.scheduler.template.attempts == 4)
            #expect(kept.scheduler.template.priority == 2)
            #expect(kept.scheduler.template.backoff == .fixed(.milliseconds(500)))
            let job = try await test.takeOne()
            #expect(job.id == "repeat:s:\(kept.next.milliseconds)")
            #expect(try JSON(job.payload) == ["word": "Ü"])
            #expect(job.attempts == 4)
            #expect(try await test.queue.schedulers().map(\.next) == [kept.next + .hours(1)])
            let seen = try await test.client.queue("getJobScheduler", "s")
            #expect(seen["iterationCount"] == 2)
            #expect(seen["next"] == .int((kept.next + .hours(1)).milliseconds))
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `we see a client's pattern, its zone and its start`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            let start = 3_999_999_999_000
            try await test.client.queue(
                "upsertJobScheduler",
                "s",
                ["pattern": "30 6 * * 1", "tz": "Europe/Berlin", "startDate": .int(start)]
            )
            let kept = try #require(try await test.queue.schedulers().first)
            #expect(kept.scheduler.rhythm == .cron(try Cron("30 6 * * 1"), zone: "Europe/Berlin"))
            #expect(kept.scheduler.start == Timestamp(milliseconds: start))
            // The same, made by us.
            let due = kept.next
            #expect(try await test.queue.removeScheduler("s"))
            var ours = kept.scheduler
            ours.template = .sample("")
            try await test.queue.upsert(ours)
            #expect(try await test.queue.schedulers().map(\.next) == [due])

            try await test.client.queue("upsertJobScheduler", "nowhere", ["pattern": "0 6 * * *"])
            #expect(
                try await test.queue.schedulers().first { $0.scheduler.id == "nowhere" }?.scheduler.rhythm
                    == .cron(try Cron("0 6 * * *"), zone: "UTC")
            )
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a client sees what we made, and removes it`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            var scheduler = try Self.cron("0 6 * * *")
            scheduler.limit = 5
            try await test.queue.upsert(scheduler)
            let kept = try #require(try await test.queue.schedulers().first)
            let seen = try await test.client.queue("getJobSchedulers")[0]
            #expect(seen["key"] == "s")
            #expect(seen["name"] == "check-price")
            #expect(seen["pattern"] == "0 6 * * *")
            #expect(seen["tz"] == "Europe/Berlin")
            #expect(seen["limit"] == 5)
            #expect(seen["next"] == .int(kept.next.milliseconds))
            #expect(seen["iterationCount"] == 1)
            #expect(try seen["template"]["data"] == JSON(scheduler.template.payload))
            #expect(try await test.client.queue("isJobScheduler", "s") == true)
            #expect(try await test.client.queue("removeJobScheduler", "s") == 0)
            #expect(try await test.queue.schedulers() == [])
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 0, failed: 0))
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `we remove what a client made`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.queue("upsertJobScheduler", "s", ["pattern": "0 6 * * *", "tz": "Europe/Berlin"])
            #expect(try await test.queue.counts().delayed == 1)
            #expect(try await test.queue.removeScheduler("s"))
            #expect(try await test.queue.counts().delayed == 0)
            #expect(try await test.client.queue("getJobSchedulersCount") == 0)
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `each changes what the other made, and one job is pending`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.queue("upsertJobScheduler", "s", ["pattern": "0 6 * * *", "tz": "Europe/Berlin"])
            try await test.queue.upsert(try Self.cron("0 7 * * *"))
            #expect(try await test.queue.counts().delayed == 1)
            #expect(try await test.client.queue("getJobScheduler", "s")["pattern"] == "0 7 * * *")
            try await test.client.queue(
                "upsertJobScheduler",
                "s",
                ["pattern": "0 8 * * *", "tz": "UTC"],
                "other",
                ["a": 1]
            )
            let kept = try #require(try await test.queue.schedulers().first)
            #expect(kept.scheduler.rhythm == .cron(try Cron("0 8 * * *"), zone: "UTC"))
            #expect(kept.scheduler.template.name == "other")
            #expect(try await test.queue.counts().delayed == 1)
            try await test.queue.upsert(Self.every(.hours(2)))
            #expect(try await test.queue.counts() == QueueCounts(waiting: 1, delayed: 0, active: 0, failed: 0))
            try await test.client.queue("upsertJobScheduler", "s", ["every": 3_600_000])
            #expect(try await test.queue.schedulers().map(\.scheduler.rhythm) == [.every(.hours(1))])
            let counts = try await test.queue.counts()
            #expect(counts.waiting + counts.delayed == 1)
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `the chain goes on, whoever takes its jobs`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.queue(
                "upsertJobScheduler",
                "s",
                ["every": 100],
                "check-price",
                ["fails": 0],
                ["attempts": 2]
            )
            for turn in 1...3 {
                let job = try await test.takeOne()
                #expect(job.attempts == 2)
                #expect(try await test.queue.schedulers().map(\.made) == [2 * turn])
                try await test.queue.finish(job, .finished)
                let told = try await test.client.work(1)
                #expect(told.map { $0["end"] } == ["completed"])
                // The client of BullMQ 5 forgets the next job; we make it.
                if version == .v5 { _ = try await test.queue.recoverStalled() }
                // A worker that ended at once may have begun the next one already.
                for id in try test.redis("LRANGE", "active", "0", "-1").list.compactMap(\.text) {
                    try test.loseWorker(of: id)
                    #expect(try await test.recover() == 1)
                }
                #expect(try await test.queue.schedulers().map(\.made) == [2 * turn + 1])
            }
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a limit holds, whoever set it and whoever takes the jobs`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.queue("upsertJobScheduler", "s", ["every": 50, "limit": 2])
            for _ in 1...2 { try await test.queue.finish(try await test.takeOne(), .finished) }
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 0, failed: 0))
            _ = try await test.queue.recoverStalled()
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 0, failed: 0))

            var ours = Self.every(.milliseconds(50))
            ours.id = "ours"
            ours.limit = 1
            try await test.queue.upsert(ours)
            #expect(try await test.client.work(1).count == 1)
            _ = try await test.queue.recoverStalled()
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 0, failed: 0))
            #expect(try await test.client.queue("getJobSchedulersCount") == 2)
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `an end that a client set has passed`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            let now = try test.serverTime()
            try await test.client.queue(
                "upsertJobScheduler",
                "s",
                ["every": 50, "endDate": .int((now + .hours(1)).milliseconds)]
            )
            // As if that hour had passed.
            let past = "\((now - .hours(1)).milliseconds)"
            try test.redis("HSET", "repeat:s", "endDate", past)
            try await test.queue.finish(try await test.takeOne(), .finished)
            _ = try await test.queue.recoverStalled()
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 0, failed: 0))
        }
    }

    /// Records by hand: the clients have no word for them any more, but databases still hold them.
    @Test(arguments: BullClient.Version.allCases, ["check-price::::0 6 * * *", "5d41402abc4b2a76b9719d911017c592"])
    func `a repeatable job of BullMQ 5 is replaced by our scheduler of that name`(
        version: BullClient.Version,
        member: String
    ) async throws {
        try await Interop.with(version) { test in
            let due = try test.serverTime() + .hours(1)
            try test.redis("ZADD", "repeat", "\(due.milliseconds)", member)
            if !member.contains(":") {
                try test.redis("HSET", "repeat:\(member)", "name", "check-price", "pattern", "0 6 * * *")
            }
            let id = "repeat:5d41402abc4b2a76b9719d911017c592:\(due.milliseconds)"
            try await test.client.queue(
                "add",
                "check-price",
                [:],
                ["jobId": .string(id), "delay": 3_600_000, "repeat": ["pattern": "0 6 * * *"]]
            )
            #expect(try await test.queue.counts().delayed == 1)
            #expect(try await test.queue.schedulers() == [])
            try await test.queue.upsert(Self.every(.hours(1)))
            #expect(try await test.takeIDs().count == 1)
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 1, active: 1, failed: 0))
            #expect(try await test.client.queue("getJobSchedulersCount") == 1)
            #expect(try await test.client.look(id) == .null)
        }
    }
}
