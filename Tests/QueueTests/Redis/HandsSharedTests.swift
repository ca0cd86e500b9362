import Model
import Queue
import TestSupport
import Testing

/// What is done with jobs by hand shows in the clients of BullMQ.
@Suite(.timeLimit(.minutes(20)))
struct HandsSharedTests {
    @Test(arguments: BullClient.Version.allCases)
    func `a client reads our lines about a job and how far it has come`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.add("a", ["keepLogs": 2])
            try await test.queue.add([.sample("b")])
            for line in ["one", "two", "drei: ü"] {
                #expect(try await test.queue.log(line, of: "a"))
                #expect(try await test.queue.log(line, of: "b"))
            }
            #expect(try await test.client.queue("getJobLogs", "a")["logs"] == ["two", "drei: ü"])
            #expect(try await test.client.queue("getJobLogs", "b")["count"] == 3)
            #expect(try await test.queue.setProgress(40, of: "a"))
            #expect(try await test.client.look("a")["progress"] == 40)
            let events = try await test.client.ask("events", ["last": "progress"]).list
            #expect(events.last == ["event": "progress", "jobId": "a", "data": 40])
            #expect(try await test.queue.log("line", of: "gone") == false)
            #expect(try await test.queue.setProgress(40, of: "gone") == false)
            #expect(try test.redis("EXISTS", "gone", "\(test.keys)gone:logs").number == 0)
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a client's delayed job begins when we say so`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.add("a", ["delay": 3_600_000, "priority": 3])
            #expect(try await test.queue.promote("a"))
            #expect(try await test.queue.promote("a") == false)
            #expect(try await test.client.state(of: "a") == "prioritized")
            #expect(try await test.client.take() == "a")
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a client's job is tried again or removed when we say so`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.add("a", ["attempts": 2])
            #expect(try await test.client.take() == "a")
            try await test.client.fail("a", "Nö.", isFinal: true)
            #expect(try await test.queue.jobs(.failed, limit: 5, offset: 0).map(\.id) == ["a"])
            #expect(try await test.queue.retry("a"))
            #expect(try await test.client.state(of: "a") == "waiting")
            #expect(try await test.client.take() == "a")
            #expect(try await test.queue.remove("a") == false, "The client works on it.")
            try await test.client.complete("a")
            try await test.client.addFamily()
            #expect(try await test.queue.remove("child"))
            #expect(try await test.client.take() == "parent")
        }
    }

    @Test(arguments: BullClient.Version.allCases, ["failParentOnFailure", "ignoreDependencyOnFailure"])
    func `a child that we let start over is waited for again, and its failure is forgotten`(
        version: BullClient.Version,
        rule: String
    ) async throws {
        try await Interop.with(version) { test in
            try await test.client.addFamily([rule: true])
            try await test.queue.finish(try await test.takeOne(), .giveUp(why: "Nö."))
            #expect(try await test.queue.retry("child"))
            #expect(try test.redis("SISMEMBER", "parent:dependencies", "\(test.keys)child").number == 1)
            #expect(try test.redis("HGET", "parent:failed", "\(test.keys)child") == .null)
            #expect(try test.redis("ZSCORE", "parent:unsuccessful", "\(test.keys)child") == .null)
            #expect(try test.redis("HGET", "child", "failedReason") == .null)
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `what waits is deleted, and schedulers go on`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.queue("upsertJobScheduler", "hourly", ["every": 3_600_000])
            try await test.client.queue("upsertJobScheduler", "daily", ["pattern": "0 6 * * *"])
            try await test.client.add("a", ["priority": 2])
            try await test.client.add("in-an-hour", ["delay": 3_600_000])
            try await test.queue.add([.sample("b")])
            #expect(try await test.queue.drain() == 2)
            #expect(try await test.queue.counts() == QueueCounts(waiting: 1, delayed: 2, active: 0, failed: 0))
            #expect(try await test.queue.drain(delayed: true) == 1)
            #expect(try await test.queue.counts() == QueueCounts(waiting: 1, delayed: 1, active: 0, failed: 0))
            #expect(try await test.client.look("a") == .null)
            #expect(try await test.client.queue("getJobSchedulersCount") == 2)
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `old jobs of a state are deleted, the oldest first`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            for id in ["a", "b", "c", "d"] { try await test.client.add(id) }
            for end: JobEnd in [.finished, .giveUp(why: "No."), .giveUp(why: "No."), .finished] {
                try await test.queue.finish(try await test.takeOne(), end)
            }
            let now = try test.serverTime()
            let old = now - .days(1)
            #expect(try await test.queue.clean(.failed, before: old) == 0)
            #expect(try await test.queue.clean(.failed, before: now + .hours(1), limit: 1) == 1)
            #expect(try await test.client.queue("getFailed")[0]["id"] == "c")
            #expect(try await test.client.look("b") == .null)
            #expect(try await test.queue.clean(.completed, before: now + .hours(1)) == 2)
            #expect(try await test.client.queue("getCompletedCount") == 0)

            try await test.client.add("held")
            #expect(try await test.client.take() == "held")
            #expect(try await test.queue.clean(.active, before: now + .hours(1)) == 0)
            try test.loseWorker(of: "held")
            #expect(try await test.queue.clean(.active, before: now + .hours(1)) == 1)
            try await test.queue.add((1...1100).map { .sample("many-\($0)", priority: $0 % 2) })
            #expect(try await test.queue.clean(.waiting, before: old) == 0)
            #expect(try await test.queue.clean(.waiting, before: now + .hours(1), limit: 1000) == 1000)
            #expect(try await test.queue.counts().waiting == 100)
        }
    }
}
