import Model
import Queue
import Testing

@Suite(.timeLimit(.minutes(20)))
struct FailuresTests {
    @Test(arguments: TestQueue.engines)
    func `says why jobs were given up, of those that were asked for`(engine: QueueEngine) async throws {
        try await TestQueue.with(engine) { test in
            for id in ["waits", "fails", "is-not-asked-for"] {
                try await test.queue.add([NewJob(id: id, name: .checkPrice, payload: "{}")])
            }
            for job in try await test.queue.take(limit: 9, worker: "test") where job.id != "waits" {
                try await test.queue.finish(job, .giveUp(why: "“\(job.id)” cannot be done."))
            }
            #expect(try await test.queue.failures(of: []) == [:])
            let failures = try await test.queue.failures(of: ["waits", "fails", "unknown"])
            #expect(failures == ["fails": "“fails” cannot be done."])
        }
    }
}
