import Model
import Queue
import TestSupport
import Testing

/// What others wrote that nobody can use ends with its reason, and the queue goes on.
@Suite(.timeLimit(.minutes(5)))
struct ForeignInputTests {
    /// Takes what there is beside a good job that comes last.
    private static func takeBeside(
        _ bad: (Interop) async throws -> Void,
        _ check: (Interop, [Job]) async throws -> Void
    )
        async throws
    {
        try await Interop.with(.v6) { test in
            try await bad(test)
            try await test.client.add("good")
            let jobs = try await test.queue.take(limit: 10, worker: "worker")
            #expect(jobs.last?.id == "good")
            try await check(test, jobs.dropLast())
        }
    }

    private static func store(_ test: Interop, _ id: String, _ fields: String...) throws {
        try TestRedis.command(["HSET", "\(test.keys)\(id)"] + fields)
        try test.redis("LPUSH", "wait", id)
    }

    @Test func `a job without data has none`() async throws {
        try await Self.takeBeside {
            try Self.store($0, "bare", "name", "check-price")
        } _: { (test, jobs) async throws in
            #expect(jobs.map(\.payload) == ["{}"])
            #expect(jobs.map(\.attempts) == [1])
            for job in jobs { #expect(try await test.queue.finish(job, .tryAgain(why: "Nö."))) }
            #expect(try await test.client.state(of: "bare") == "failed")
        }
    }

    @Test(arguments: ["not JSON", "{\"a\":", "[1,2]", "7", "\"text\"", "null", ""])
    func `a job whose data is no JSON object is given up`(data: String) async throws {
        try await Self.takeBeside {
            try Self.store($0, "bad", "name", "check-price", "data", data, "opts", "{\"attempts\":5}")
        } _: { (test, jobs) async throws in
            #expect(jobs == [])
            #expect(try await test.queue.failures(of: ["bad"]) == ["bad": "Its data is not a JSON object."])
            #expect(try test.redis("ZSCORE", "failed", "bad").text != nil)
        }
    }

    @Test func `a client's data may have spaces around it`() async throws {
        try await Self.takeBeside {
            try Self.store($0, "spaced", "name", "check-price", "data", " \n{ \"a\" : [ ] }\n")
        } _: { _, jobs in
            #expect(jobs.map(\.id) == ["spaced"])
        }
    }

    @Test func `a job of ten megabytes is given up`() async throws {
        try await Self.takeBeside {
            let data = "{\"a\":\"\(String(repeating: "x", count: 10_000_000))\"}"
            try Self.store($0, "large", "name", "check-price", "data", data)
        } _: { (test, jobs) async throws in
            #expect(jobs == [])
            let why = "Its data has 10000008 bytes; at most 1000000 are taken."
            #expect(try await test.queue.failures(of: ["large"]) == ["large": why])
        }
    }

    @Test func `a name that nobody knows is handed to the worker`() async throws {
        try await Self.takeBeside {
            try await $0.client.add("odd", name: "make-tea")
        } _: { _, jobs in
            #expect(jobs.map(\.name) == ["make-tea"])
        }
    }

    @Test(arguments: ["wait", "prioritized", "delayed", "active"])
    func `the id of a job that is gone is dropped`(list: String) async throws {
        try await Self.takeBeside {
            switch list {
            case "wait": try $0.redis("LPUSH", list, "gone")
            case "active": try $0.redis("LPUSH", list, "gone")
            default: try $0.redis("ZADD", list, "5", "gone")
            }
        } _: { (test, jobs) async throws in
            #expect(jobs == [])
            _ = try await test.queue.recoverStalled()
            #expect(try test.redis("EXISTS", "gone").number == 0)
            let counts = try await test.queue.counts()
            #expect(counts == QueueCounts(waiting: 0, delayed: 0, active: 1, failed: 0))
        }
    }

    @Test(arguments: [
        "not JSON", "[]", "{\"attempts\":\"many\",\"backoff\":\"long\"}",
        "{\"attempts\":-3,\"backoff\":{\"delay\":-9}}",
        "{\"removeOnFail\":\"never\",\"stackTraceLimit\":\"x\",\"attempts\":null}",
    ])
    func `options that make no sense count as not given`(options: String) async throws {
        try await Self.takeBeside {
            try Self.store($0, "odd", "name", "check-price", "data", "{}", "opts", options)
        } _: { (test, jobs) async throws in
            let job = try #require(jobs.first)
            #expect(job.attempts == 1)
            #expect(try await test.queue.finish(job, .tryAgain(why: "Nö.")))
            #expect(try await test.queue.failures(of: ["odd"]) == ["odd": "Nö."])
        }
    }

    @Test func `counts that are no numbers begin anew`() async throws {
        try await Self.takeBeside {
            try Self.store($0, "odd", "name", "x", "ats", "many", "atm", "some", "stc", "few", "priority", "high")
        } _: { (test, jobs) async throws in
            #expect(jobs.map(\.id) == ["odd"])
            for id in ["odd", "good"] { try test.loseWorker(of: id) }
            #expect(try await test.recover() == 2)
            let again = try await test.queue.take(limit: 2, worker: "worker")
            #expect(again.map(\.id) == ["odd", "good"])
            for job in again { #expect(try await test.queue.finish(job, .tryAgain(why: "Nö."))) }
            #expect(try await test.queue.failures(of: ["odd"]) == ["odd": "Nö."])
        }
    }

    @Test(arguments: [
        ["pattern", "every monday"], ["pattern", "0 6 * * *", "tz", "Mars/Base"], ["every", "often"], [],
    ])
    func `a scheduler that makes no sense makes no more jobs`(rule: [String]) async throws {
        try await Self.takeBeside { test in
            let due = "\(try test.serverTime().milliseconds)"
            try test.redis("ZADD", "repeat", due, "broken")
            try TestRedis.command(["HSET", "\(test.keys)repeat:broken", "name", "x", "ic", "1"] + rule)
            try Self.store(test, "repeat:broken:\(due)", "name", "x", "data", "{}", "rjk", "broken")
            try await test.client.queue("upsertJobScheduler", "fine", ["every": 3_600_000], "x")
        } _: { (test, jobs) async throws in
            #expect(jobs.count == 2)
            _ = try await test.queue.recoverStalled()
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 1, active: 3, failed: 0))
            #expect(try await test.queue.schedulers().contains { $0.scheduler.id == "fine" })
        }
    }

    /// By hand: the clients stumble over them.
    @Test(arguments: [["max", "1"], ["concurrency", "many", "opts.maxLenEvents", "few", "max", "x", "duration", "-"]])
    func `settings that make no sense count as not given`(settings: [String]) async throws {
        try await Interop.with(.v6) { test in
            try TestRedis.command(["HSET", "\(test.keys)meta"] + settings)
            try await test.queue.add([.sample("a"), .sample("b")])
            #expect(try await test.takeIDs() == ["a", "b"])
        }
    }
}
