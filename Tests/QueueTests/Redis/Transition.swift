import Model
import Queue

/// Who does what happens to the jobs of a queue: a client of BullMQ, or we.
protocol QueueActor: Sendable {
    func add(_ job: NewJob) async throws
    /// Adds `parent` and its `child`.
    func addFamily(_ failure: NewChild.Failure) async throws
    /// The id of the job that was taken.
    func take() async throws -> String
    func complete() async throws
    func fail(_ why: String, isFinal: Bool) async throws
    /// Finds that the worker of the taken job is dead.
    func recover() async throws
    func promote(_ id: String) async throws
    /// Writes a line about a job and how far it has come.
    func note(_ line: String, percent: Int, of id: String) async throws
    func pause() async throws
    func resume() async throws
    func upsert(_ scheduler: JobScheduler) async throws
    func removeScheduler(_ id: String) async throws
}

/// What happens to the jobs of a queue, to see what keys come of it.
struct Transition: Sendable {
    let name: String
    /// Clients of BullMQ 5 do it differently, or not at all, and we do as those of 6 do.
    var isOfVersion6 = false
    let happens: @Sendable (any QueueActor, BullClient) async throws -> Void

    static let all: [Transition] =
        [
            Transition(name: "waiting") { actor, _ in try await actor.add(.sample("a")) },
            Transition(name: "delayed") { actor, _ in try await actor.add(.sample("a", delay: .hours(1))) },
            Transition(name: "prioritized") { actor, _ in
                try await actor.add(.sample("a", priority: 3))
                try await actor.add(.sample("b", priority: 3))
            },
            Transition(name: "active") { actor, _ in
                try await actor.add(.sample("a"))
                _ = try await actor.take()
            },
            Transition(name: "to be tried again later") { actor, _ in
                var job = NewJob.sample("a", attempts: 3)
                job.backoff = Backoff(base: .hours(2), limit: .hours(5))
                try await actor.add(job)
                _ = try await actor.take()
                try await actor.fail("Nö.", isFinal: false)
            },
            Transition(name: "to be tried again at once") { actor, client in
                try await client.add("a", ["attempts": 3])
                _ = try await actor.take()
                try await actor.fail("No.", isFinal: false)
            },
            Transition(name: "completed and removed") { actor, _ in
                try await actor.add(.sample("a"))
                _ = try await actor.take()
                try await actor.complete()
            },
            Transition(name: "completed and kept") { actor, client in
                try await client.add("a", data: ["word": "ü"])
                _ = try await actor.take()
                try await actor.complete()
            },
            Transition(name: "failed") { actor, _ in
                try await actor.add(.sample("a"))
                _ = try await actor.take()
                try await actor.fail("Nö.", isFinal: false)
            },
            Transition(name: "given up") { actor, _ in
                try await actor.add(.sample("a", attempts: 3))
                _ = try await actor.take()
                try await actor.fail("Never.", isFinal: true)
            },
            Transition(name: "stalled") { actor, _ in
                try await actor.add(.sample("a"))
                _ = try await actor.take()
                try await actor.recover()
            },
            Transition(name: "deduplicated") { actor, _ in
                var job = NewJob.sample("a")
                job.deduplication = "lamp"
                try await actor.add(job)
                job.id = "b"
                try await actor.add(job)
            },
            Transition(name: "deduplicated and completed") { actor, _ in
                var job = NewJob.sample("a")
                job.deduplication = "lamp"
                try await actor.add(job)
                _ = try await actor.take()
                try await actor.complete()
            },
            Transition(name: "added twice") { actor, _ in
                try await actor.add(.sample("a"))
                try await actor.add(.sample("a", delay: .hours(1)))
            },
            Transition(name: "promoted") { actor, _ in
                try await actor.add(.sample("a", delay: .hours(1), priority: 3))
                try await actor.promote("a")
            },
            Transition(name: "noted") { actor, _ in
                try await actor.add(.sample("a"))
                try await actor.note("Ü", percent: 40, of: "a")
            },
            Transition(name: "paused", isOfVersion6: true) { actor, _ in
                try await actor.add(.sample("a"))
                try await actor.pause()
                try await actor.add(.sample("b"))
            },
            Transition(name: "resumed", isOfVersion6: true) { actor, _ in
                try await actor.pause()
                try await actor.add(.sample("a"))
                try await actor.resume()
            },
        ] + families + schedulers

    private static let families: [Transition] = [
        Transition(name: "waiting for its children") { actor, _ in try await actor.addFamily(.waits) },
        Transition(name: "child completed") { actor, _ in
            try await actor.addFamily(.waits)
            _ = try await actor.take()
            try await actor.complete()
        },
        failedChild("parent waits for its failed child", .waits),
        failedChild("parent failed by its child", .fails),
        failedChild("parent goes on without its child", .continues),
        failedChild("parent ignores its child", .ignores),
        failedChild("parent forgets its child", .forgets),
    ]

    private static func failedChild(_ name: String, _ failure: NewChild.Failure) -> Transition {
        Transition(name: name) { actor, _ in
            try await actor.addFamily(failure)
            _ = try await actor.take()
            try await actor.fail("No.", isFinal: false)
        }
    }

    private static let schedulers: [Transition] = [
        Transition(name: "scheduler") { actor, _ in try await actor.upsert(.hourly) },
        Transition(name: "scheduler of a pattern") { actor, _ in
            try await actor.upsert(
                JobScheduler(
                    id: "yearly",
                    rhythm: .cron(try Cron("30 6 1 1 *"), zone: "Europe/Berlin"),
                    template: .sample("")
                )
            )
        },
        Transition(name: "scheduler with an end") { actor, _ in
            var scheduler = JobScheduler.hourly
            scheduler.limit = 3
            scheduler.end = Timestamp(milliseconds: 4_000_000_000_000)
            try await actor.upsert(scheduler)
        },
        Transition(name: "scheduler's job taken", isOfVersion6: true) { actor, _ in
            try await actor.upsert(.hourly)
            _ = try await actor.take()
        },
        Transition(name: "scheduler removed", isOfVersion6: true) { actor, _ in
            try await actor.upsert(.hourly)
            _ = try await actor.take()
            try await actor.removeScheduler("hourly")
        },
    ]
}

extension JobScheduler {
    static let hourly = JobScheduler(id: "hourly", rhythm: .every(.hours(1)), template: .sample(""))
}
