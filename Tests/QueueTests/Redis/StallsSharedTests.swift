import Model
import Queue
import TestSupport
import Testing

/// Of clients and us, each goes on with the jobs of the other's dead workers.
@Suite(.timeLimit(.minutes(20)))
struct StallsSharedTests {
    @Test(arguments: BullClient.Version.allCases)
    func `we go on with the job of a client that died`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.add("a", ["priority": 5])
            try await test.client.add("alive", ["priority": 6])
            #expect(try await test.client.take("first") == "a")
            #expect(try await test.client.take("second") == "alive")
            #expect(try await test.queue.recoverStalled() == 0)
            try test.loseWorker(of: "a")
            #expect(try await test.recover() == 1)
            try await test.client.add("waits", ["priority": 5])
            let job = try await test.takeOne()
            #expect(job.id == "a", "It keeps its priority and its turn.")
            await #expect(throws: (any Error).self, "It is not the client's any more.") {
                try await test.client.complete("a")
            }
            #expect(try await test.queue.finish(job, .finished))
            try await test.client.complete("alive")
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a client goes on with our job`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.queue.add([.sample("a")])
            let job = try await test.takeOne()
            #expect(try await test.clientRecovers() == [], "We hold it.")
            try test.loseWorker(of: "a")
            #expect(try await test.clientRecovers() == ["a"])
            #expect(try await test.client.take() == "a")
            #expect(try await test.queue.renew([job]) == [job])
            #expect(try await test.queue.finish(job, .finished) == false)
            try await test.client.complete("a")
            #expect(try await test.queue.isPending("a") == false)
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a renewed job is not taken for lost, by either`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.queue.add([.sample("ours"), .sample("theirs")])
            let job = try await test.takeOne()
            #expect(try await test.client.take() == "theirs")
            #expect(try await test.clientRecovers() == [])
            #expect(try await test.queue.renew([job]) == [])
            #expect(try await test.client.script("extendLock", "theirs", "token", 3_600_000) == 1)
            #expect(try await test.clientRecovers() == [])
            #expect(try await test.queue.recoverStalled() == 0)
            for _ in 1...3 {
                test.counter.advance(by: TestQueue.lease / 2)
                #expect(try await test.queue.renew([job]) == [])
                #expect(try await test.queue.recoverStalled() == 0)
            }
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `what stalled too often for a client is given up by us without being done`(
        version: BullClient.Version
    ) async throws {
        try await Interop.with(version) { test in
            try await test.queue.add([.sample("a", attempts: 5), .sample("b")])
            for _ in 1...2 {
                #expect(try await test.takeIDs(1) == ["a"])
                try test.loseWorker(of: "a")
                #expect(try await test.clientRecovers() == ["a"])
            }
            #expect(try test.redis("HGET", "a", "defa").text == "job stalled more than allowable limit")
            #expect(try await test.takeIDs() == ["b"])
            #expect(try await test.queue.failures(of: ["a"]) == ["a": "job stalled more than allowable limit"])
            #expect(try await test.client.state(of: "a") == "failed")
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `what stalled too often for us a client sees as failed`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.add("a", ["attempts": 5])
            var waiting = 0
            for _ in 1...8 {
                guard try await test.client.take() != nil else { break }
                try test.loseWorker(of: "a")
                waiting += try await test.recover()
            }
            #expect(try await test.client.state(of: "a") == "failed")
            let reason = try await test.client.look("a")["failedReason"].string
            #expect(try await test.queue.failures(of: ["a"])["a"] == reason)
            #expect(reason?.isEmpty == false)
            #expect(waiting > 0)
        }
    }
}
