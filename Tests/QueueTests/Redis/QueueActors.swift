import Model
import Queue
import Synchronization
import Testing

/// The client of BullMQ does everything.
struct ClientActor: QueueActor {
    let test: Interop
    private var client: BullClient { test.client }
    private let taken = Taken<String>()

    init(_ test: Interop) { self.test = test }

    func add(_ job: NewJob) async throws {
        let data = try JSON(job.payload)
        try await client.add(job.id, data: data, name: job.name.text, job.bullOptions)
    }

    func addFamily(_ failure: NewChild.Failure) async throws {
        func node(_ job: NewJob) throws -> [String: JSON] {
            [
                "name": .string(job.name.text), "queueName": .string(Interop.name), "data": try JSON(job.payload),
                "opts": .object(job.bullOptions.merging(["jobId": .string(job.id)]) { $1 }),
            ]
        }
        let child = NewJob.sample("child")
        var options = child.bullOptions
        options["jobId"] = "child"
        if failure != .waits { options[failure.rawValue] = true }
        let leaf = try node(child).merging(["opts": .object(options)]) { $1 }
        let tree = try node(.sample("parent")).merging(["children": [.object(leaf)]]) { $1 }
        try await client.ask("flow", ["tree": .object(tree)])
    }

    func take() async throws -> String {
        let id = try #require(try await client.take())
        taken.set(id)
        return id
    }

    func complete() async throws { try await client.complete(taken.get()) }

    func fail(_ why: String, isFinal: Bool) async throws {
        try await client.fail(taken.get(), why, isFinal: isFinal)
    }

    func recover() async throws {
        try test.loseWorker(of: taken.get())
        #expect(try await test.clientRecovers() == [taken.get()])
    }

    func promote(_ id: String) async throws { try await client.job(id, "promote") }

    func note(_ line: String, percent: Int, of id: String) async throws {
        try await client.job(id, "log", .string(line))
        try await client.job(id, "updateProgress", .int(percent))
    }

    func pause() async throws { try await client.queue("pause") }
    func resume() async throws { try await client.queue("resume") }

    func upsert(_ scheduler: JobScheduler) async throws {
        var rule: [String: JSON] = [:]
        switch scheduler.rhythm {
        case .every(let interval): rule["every"] = .int(interval.wholeMilliseconds)
        case .cron(let cron, let zone):
            rule["pattern"] = .string(cron.pattern)
            rule["tz"] = .string(zone)
        }
        rule["limit"] = scheduler.limit.map(JSON.int)
        rule["startDate"] = scheduler.start.map { .int($0.milliseconds) }
        rule["endDate"] = scheduler.end.map { .int($0.milliseconds) }
        var options = scheduler.template.bullOptions
        options["jobId"] = nil
        try await client.queue(
            "upsertJobScheduler",
            .string(scheduler.id),
            .object(rule),
            .string(scheduler.template.name.text),
            try JSON(scheduler.template.payload),
            .object(options)
        )
    }

    func removeScheduler(_ id: String) async throws {
        #expect(try await client.queue("removeJobScheduler", .string(id)) == 0)
    }
}

/// We do what is ours to do.
struct OurActor: QueueActor {
    let test: Interop
    private let taken = Taken<Job>()

    init(_ test: Interop) { self.test = test }

    func add(_ job: NewJob) async throws { _ = try await test.queue.add([job]) }

    func addFamily(_ failure: NewChild.Failure) async throws {
        let child = NewChild(.sample("child"), failure: failure)
        #expect(try await test.queue.addFlow(.sample("parent"), children: [child]))
    }

    func take() async throws -> String {
        let job = try #require(try await test.queue.take(limit: 1, worker: "worker").first)
        taken.set(job)
        return job.id
    }

    func complete() async throws { #expect(try await test.queue.finish(try taken.get(), .finished)) }

    func fail(_ why: String, isFinal: Bool) async throws {
        let end: JobEnd = isFinal ? .giveUp(why: why) : .tryAgain(why: why)
        #expect(try await test.queue.finish(try taken.get(), end))
    }

    func recover() async throws {
        try test.loseWorker(of: try taken.get().id)
        #expect(try await test.recover() == 1)
    }

    func promote(_ id: String) async throws { #expect(try await test.queue.promote(id)) }

    func note(_ line: String, percent: Int, of id: String) async throws {
        #expect(try await test.queue.log(line, of: id))
        #expect(try await test.queue.setProgress(percent, of: id))
    }

    func pause() async throws { try await test.queue.pause() }
    func resume() async throws { try await test.queue.resume() }
    func upsert(_ scheduler: JobScheduler) async throws { try await test.queue.upsert(scheduler) }

    func removeScheduler(_ id: String) async throws { #expect(try await test.queue.removeScheduler(id)) }
}

/// What was taken last.
private final class Taken<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)

    func set(_ new: Value) { value.withLock { $0 = new } }

    func get() throws -> Value { try #require(value.withLock { $0 }) }
}

extension NewJob {
    /// As a producer in JavaScript or Python would say it.
    fileprivate var bullOptions: [String: JSON] {
        var options: [String: JSON] = [
            "attempts": .int(attempts), "removeOnComplete": true, "removeOnFail": .int(TestQueue.keptFailures),
            "backoff": ["type": "exponential", "delay": .int(backoff.base.wholeMilliseconds)],
        ]
        if delay > .zero { options["delay"] = .int(delay.wholeMilliseconds) }
        if priority > 0 { options["priority"] = .int(priority) }
        if let deduplication { options["deduplication"] = ["id": .string(deduplication)] }
        return options
    }
}
