import Model
import Queue
import TestSupport
import Testing

/// A pause holds for everybody, whoever began it, and anybody ends it; so do the limits that a client sets.
@Suite(.timeLimit(.minutes(20)))
struct PausesSharedTests {
    @Test(arguments: BullClient.Version.allCases)
    func `we honour and end a client's pause`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.add("a")
            try await test.queue.add([.sample("b")])
            try await test.client.queue("pause")
            try await test.client.add("c")
            try await test.queue.add([.sample("d", priority: 1), .sample("e")])
            #expect(try await test.takeIDs() == [])
            #expect(try await test.queue.pausedSince() != nil)
            #expect(try await test.queue.counts() == QueueCounts(waiting: 5, delayed: 0, active: 0, failed: 0))
            #expect(try await test.queue.longestWait() != nil)
            // Those that a client of BullMQ 5 kept aside come first.
            if version == .v5 { #expect(try test.redis("LLEN", "paused").number == 4) }
            try await test.queue.resume()
            #expect(try await test.queue.pausedSince() == nil)
            #expect(try await test.takeIDs() == ["a", "b", "c", "e", "d"])
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a client ends its own pause`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.queue("pause")
            try await test.client.add("a")
            #expect(try await test.queue.pausedSince() != nil)
            try await test.client.queue("resume")
            #expect(try await test.queue.pausedSince() == nil)
            #expect(try await test.takeOne().id == "a")
        }
    }

    /// A client of BullMQ 5 puts the list that it keeps during a pause in the place of the other one.
    @Test(arguments: BullClient.Version.allCases, [true, false])
    func `nothing is lost that came during a pause, whoever ends it`(
        version: BullClient.Version,
        isOurs: Bool
    ) async throws {
        try await Interop.with(version) { test in
            try await test.queue.add([.sample("a"), .sample("b")])
            let taken = try await test.queue.take(limit: 1, worker: "worker")
            if isOurs { try await test.queue.pause() } else { try await test.client.queue("pause") }
            try await test.queue.add([.sample("c")])
            try await test.client.add("d")
            try await test.queue.add([.sample("e"), .sample("f", priority: 1)])
            try await test.queue.finish(taken[0], .giveBack)
            try await test.client.queue("resume")
            #expect(try await test.takeIDs() == ["a", "b", "c", "d", "e", "f"])
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `what we added to a pause before a client did is kept`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.queue("pause")
            try await test.queue.add([.sample("a")])
            try await test.client.add("b")
            _ = try await test.queue.recoverStalled()
            try await test.client.queue("resume")
            #expect(try await test.takeIDs() == ["a", "b"])
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a client honours and ends our pause`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.queue.add([.sample("a")])
            try await test.queue.pause()
            try await test.queue.add([.sample("b")])
            #expect(try await test.client.queue("isPaused") == true)
            #expect(try await test.client.take() == nil)
            try await test.client.queue("resume")
            #expect(try await test.queue.pausedSince() == nil)
            #expect(try await test.client.take() == "a")
            #expect(try await test.takeIDs() == ["b"])
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `what came back to a client's pause comes first after it`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.queue.add([.sample("a"), .sample("b")])
            let job = try await test.takeOne()
            try await test.client.queue("pause")
            try await test.queue.finish(job, .giveBack)
            #expect(try await test.takeIDs() == [])
            try await test.queue.resume()
            #expect(Set(try await test.takeIDs()) == ["a", "b"])
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `no more are worked on than a client allows`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.queue("setGlobalConcurrency", 2)
            try await test.queue.add(["a", "b", "c", "d"].map { .sample($0) })
            #expect(try await test.client.take() == "a")
            let job = try await test.takeOne()
            #expect(try await test.takeIDs() == [])
            let settled = try await test.queue.settle(
                [EndedJob(job, .finished)],
                thenTake: 5,
                worker: "worker"
            )
            #expect(settled.taken.map(\.id) == ["c"])
            try await test.client.queue("removeGlobalConcurrency")
            #expect(try await test.takeIDs() == ["d"])
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `no more are begun in a time than a client allows`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.queue("setGlobalRateLimit", 3, 3_600_000)
            try await test.queue.add(["a", "b", "c", "d", "e", "f"].map { .sample($0) })
            #expect(try await test.client.take() == "a")
            #expect(try await test.takeIDs() == ["b", "c"])
            #expect(try await test.client.take() == nil)
            #expect(try await test.takeIDs() == [])
            try test.redis("DEL", "limiter")
            #expect(try await test.takeIDs(1) == ["d"])
            // A client may also hold everybody up for a while.
            try await test.client.queue("rateLimit", 3_600_000)
            #expect(try await test.takeIDs() == [])
            try await test.client.queue("removeRateLimitKey")
            #expect(try await test.takeIDs() == ["e", "f"])
        }
    }
}
