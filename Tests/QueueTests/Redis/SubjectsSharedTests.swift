import Model
import Queue
import Testing

/// What a job is about, which BullMQ calls deduplication, holds for clients and us.
@Suite(.timeLimit(.minutes(20)))
struct SubjectsSharedTests {
    private static func about(_ subject: String, _ id: String, delay: Duration = .zero) -> NewJob {
        var job = NewJob.sample(id, delay: delay)
        job.deduplication = subject
        return job
    }

    @Test(arguments: BullClient.Version.allCases)
    func `each keeps away what is about the same as the other's job`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.add("a", ["deduplication": ["id": "lamp"]])
            #expect(try await test.queue.add([Self.about("lamp", "b"), Self.about("desk", "c")]) == 1)
            let kept = try await test.client.add("d", ["deduplication": ["id": "desk"]])
            #expect(kept["id"] == "c")
            for job in try await test.queue.take(limit: 5, worker: "worker") {
                try await test.queue.finish(job, .finished)
            }
            try await test.client.add("e", ["deduplication": ["id": "desk"]])
            #expect(try await test.queue.add([Self.about("lamp", "f"), Self.about("desk", "g")]) == 1)
            #expect(try await test.client.take() == "e")
            try await test.client.complete("e")
            #expect(try await test.queue.add([Self.about("desk", "g")]) == 1)
            try await test.client.queue("remove", "g")
            #expect(try await test.queue.add([Self.about("desk", "h")]) == 1)
            #expect(try await test.takeIDs() == ["f", "h"])
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a client's time without others outlasts the job`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.add("a", ["deduplication": ["id": "lamp", "ttl": 3_600_000]])
            try await test.queue.finish(try await test.takeOne(), .finished)
            #expect(try await test.queue.add([Self.about("lamp", "b")]) == 0)
            #expect(try await test.client.add("c", ["deduplication": ["id": "lamp"]])["id"] == "a")
            try test.redis("DEL", "de:lamp")
            #expect(try await test.queue.add([Self.about("lamp", "b")]) == 1)
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a client's wait for quiet keeps ours away`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            let rule: JSON = ["id": "lamp", "ttl": 3_600_000, "extend": true, "replace": true]
            try await test.client.add("a", ["delay": 3_600_000, "deduplication": rule])
            #expect(try await test.queue.add([Self.about("lamp", "b")]) == 0)
            try await test.client.add("c", ["delay": 3_600_000, "deduplication": rule])
            #expect(try await test.queue.add([Self.about("lamp", "d")]) == 0)
            #expect(try await test.queue.isPending("a") == false)
            #expect(try await test.queue.promote("c"))
            try await test.queue.finish(try await test.takeOne(), .finished)
            #expect(try await test.queue.add([Self.about("lamp", "e")]) == 0)
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a client replaces our delayed job by its own`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.queue.add([Self.about("lamp", "a", delay: .hours(1))])
            let rule: JSON = ["id": "lamp", "replace": true]
            #expect(try await test.client.add("b", data: ["new": 1], ["deduplication": rule])["id"] == "b")
            let job = try await test.takeOne()
            #expect(job.id == "b")
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 1, failed: 0))
            #expect(try await test.queue.add([Self.about("lamp", "c")]) == 0)
            try await test.queue.finish(job, .finished)
            #expect(try await test.queue.add([Self.about("lamp", "c")]) == 1)
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `the last one that came while one was worked on follows it`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            let rule: JSON = ["id": "lamp", "keepLastIfActive": true]
            try await test.client.add("a", ["deduplication": rule])
            let first = try await test.takeOne()
            try await test.client.add("b", data: ["turn": 1], ["deduplication": rule])
            try await test.client.add("c", data: ["turn": 2], ["deduplication": rule, "attempts": 3])
            #expect(try await test.takeIDs() == [])
            try await test.queue.finish(first, .finished)
            let last = try await test.takeOne()
            #expect(try JSON(last.payload) == ["turn": 2])
            #expect(last.attempts == 3)
            #expect(try await test.queue.add([Self.about("lamp", "d")]) == 0, "The last one holds it now.")
            try await test.queue.finish(last, .finished)
            #expect(try await test.queue.add([Self.about("lamp", "d")]) == 1)
        }
    }
}
