import Model
import Queue
import Testing

/// Clients of BullMQ and we add and process each other's jobs.
@Suite(.timeLimit(.minutes(20)))
struct SharingTests {
    @Test(arguments: BullClient.Version.allCases)
    func `we process what a client adds, in its order`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.add("later", ["priority": 7])
            try await test.client.add("sooner", ["priority": 2])
            try await test.client.add("in-an-hour", ["delay": 3_600_000])
            try await test.client.queue(
                "addBulk",
                [
                    ["name": "check-price", "data": ["word": "Ü\"/😀"], "opts": ["jobId": "first"]],
                    ["name": "send-digest", "data": [:], "opts": ["jobId": "second", "attempts": 4]],
                ]
            )
            try await test.client.add("lifo", ["lifo": true])
            let numbered = try await test.client.queue("add", "check-price", [:], [:])
            let jobs = try await test.queue.take(limit: 10, worker: "worker")
            #expect(jobs.map(\.id) == ["lifo", "first", "second", numbered["id"].string, "sooner", "later"])
            #expect(try JSON(jobs[1].payload) == ["word": "Ü\"/😀"])
            #expect(jobs[2].name == "send-digest")
            #expect(jobs.map(\.attempts) == [1, 1, 4, 1, 1, 1])
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 1, active: 6, failed: 0))
            for job in jobs { try await test.queue.finish(job, .finished) }
            #expect(try await test.client.state(of: "first") == "completed")
            #expect(try await test.client.queue("getCompletedCount") == 6)

            try await test.client.job("in-an-hour", "promote")
            #expect(try await test.takeIDs() == ["in-an-hour"])
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a client's worker processes what we add`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            var fails = NewJob.sample("fails", attempts: 3)
            fails.payload = #"{"fails":2,"gives":"Ü"}"#
            fails.backoff = Backoff(base: .milliseconds(10), limit: .seconds(1), jitterPercent: 50)
            var never = NewJob.sample("never", delay: .milliseconds(50), attempts: 3)
            never.payload = #"{"never":"Nö."}"#
            async let ends = test.client.work(6)
            try await test.queue.add([.sample("low", priority: 9), .sample("high", priority: 1), fails, never])
            let told = try await ends
            let states = told.map { "\($0["job"]["id"].string ?? "") \($0["end"].string ?? "")" }
            #expect(
                states.sorted() == [
                    "fails completed", "fails failed", "fails failed", "high completed", "low completed",
                    "never failed",
                ]
            )
            #expect(told.first { $0["job"]["id"] == "fails" && $0["end"] == "completed" }?["value"] == "Ü")
            // The client of version 5 makes JSON of it.
            let reason = version == .v5 ? #""N\u00f6.""# : "Nö."
            #expect(try await test.queue.failures(of: ["never", "fails"]) == ["never": reason])
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 0, failed: 1))
            #expect(try await test.queue.isPending("fails") == false)
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a client wakes us, and each of its tries is counted`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            async let first = test.takeOne()
            try await test.client.add("a", ["attempts": 3, "backoff": ["type": "fixed", "delay": 20]])
            let ours = try await first
            #expect(ours.attempt == 1)
            try await test.queue.finish(ours, .tryAgain(why: "Nö."))
            #expect(try await test.client.job("a", "getState") == "delayed")

            // The next try is the client's, the one after that ours.
            let second = try #require(try await test.client.work(1).first)
            #expect(second["end"] == "completed")
            try await test.client.add("b", ["attempts": 2])
            #expect(try await test.client.take() == "b")
            try await test.client.fail("b", "Not by me.")
            let third = try await test.takeOne()
            #expect(third.attempt == 2)
            try await test.queue.finish(third, .tryAgain(why: "Nor by me."))
            #expect(try await test.queue.failures(of: ["b"]) == ["b": "Nor by me."])
            let seen = try await test.client.look("b")
            #expect(seen["failedReason"] == "Nor by me.")
            #expect(seen["attemptsMade"] == 2)
            #expect(try await test.client.state(of: "b") == "failed")

            try await test.client.job("b", "retry", "failed")
            let again = try await test.takeOne()
            #expect(again.id == "b")
            try await test.queue.finish(again, .finished)
            #expect(try await test.client.state(of: "b") == "completed")
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a client's reader understands our events`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.add("kept", ["attempts": 2])
            let kept = try await test.takeOne()
            try await test.queue.finish(kept, .tryAgain(why: "Nö."))
            try await test.queue.finish(try await test.takeOne(), .giveUp(why: "No \"more\"."))
            try await test.queue.pause()
            try await test.queue.resume()
            try await test.queue.add([.sample("a")])
            try await test.queue.finish(try await test.takeOne(), .finished)
            let events = try await test.client.ask("events", ["last": "completed"]).list
            #expect(
                events.compactMap { $0["event"].string } == [
                    "added", "waiting", "active", "waiting", "active", "failed", "retries-exhausted", "paused",
                    "resumed", "added",
                    "waiting",
                    "active", "completed",
                ]
            )
            #expect(events[5]["failedReason"] == "No \"more\".")
            #expect(events[12] == ["event": "completed", "jobId": "a", "returnvalue": nil, "prev": "active"])
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `what a client removes or puts off is not offered`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.queue.add([.sample("a"), .sample("b", priority: 3), .sample("c", delay: .hours(1))])
            for id in ["a", "b"] { try await test.client.queue("remove", .string(id)) }
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 1, active: 0, failed: 0))
            try await test.client.job("c", "promote")
            let job = try await test.takeOne()
            #expect(job.id == "c")
            #expect(try await test.client.queue("remove", "c") == 0, "It is locked.")
            #expect(try await test.queue.finish(job, .finished))
        }
    }
}
