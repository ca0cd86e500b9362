import Model
import Queue
import TestSupport
import Testing

/// What others wrote that nobody can use ends with its reason, and the queue goes on.
@Suite(.timeLimit(.minutes(20)))
struct ForeignInputTests {
    /// Takes what there is beside a good job that comes last.
    private static func takeBeside(
        log lines: LogLines = LogLines(),
        _ bad: (Interop) async throws -> Void,
        _ check: (Interop, [Job]) async throws -> Void
    )
        async throws
    {
        try await Interop.with(.v6, logger: lines.logger()) { test in
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

    /// Each way to write bytes that are no text, beside the others that are.
    @Test(arguments: [
        "\\255", "\\128", "\\195", "\\195(", "\\192\\128", "\\224\\159\\191", "\\237\\160\\128", "\\240\\143\\191\\191",
        "\\244\\144\\128\\128", "\\226\\130", "\\245\\128\\128\\128",
    ])
    func `a job whose id is no text is given up, and its scheduler makes no more`(bytes: String) async throws {
        let lines = LogLines()
        try await Self.takeBeside(log: lines) { test in
            // As text they could not be sent.
            let script = """
                local id, due = 'x\(bytes)', redis.call('TIME')[1] * 1000
                local job = 'repeat:' .. id .. ':' .. string.format('%.0f', due)
                redis.call('ZADD', ARGV[1] .. 'repeat', due, id)
                redis.call('HSET', ARGV[1] .. 'repeat:' .. id, 'name', 'tea', 'ic', 1, 'every', 1000)
                redis.call('HSET', ARGV[1] .. job, 'name', 'tea', 'data', '{}', 'rjk', id)
                redis.call('HSET', ARGV[1] .. id, 'name', 'tea', 'data', '{}')
                redis.call('HSET', ARGV[1] .. 'held' .. id, 'name', 'tea', 'data', '{}')
                redis.call('LPUSH', ARGV[1] .. 'wait', job, id)
                redis.call('LPUSH', ARGV[1] .. 'active', 'held' .. id)
                """
            try TestRedis.command("EVAL", script, "0", test.keys)
        } _: { (test, jobs) async throws in
            #expect(jobs == [])
            _ = try await test.queue.recoverStalled()
            #expect(try await test.queue.counts() == QueueCounts(waiting: 0, delayed: 0, active: 1, failed: 3))
            let problems = try await test.queue.jobs(.failed, limit: 9, offset: 0).map(\.problem)
            #expect(problems == Array(repeating: "Its id is not UTF-8, so nobody could say how it ended.", count: 3))
            #expect(lines.all.count { $0.hasPrefix("warning A job was given up. error=Its id is not UTF-8") } == 3)
        }
    }

    @Test(arguments: ["é", "€", "😀", "\u{FFFD}", "\u{10FFFF}", "\u{D7FF}", "\u{E000}"])
    func `an id in any letters is as good as another`(letter: String) async throws {
        try await Self.takeBeside {
            try await $0.client.add("x\(letter)")
        } _: { (test, jobs) async throws in
            #expect(jobs.map(\.id) == ["x\(letter)"])
            for job in jobs { #expect(try await test.queue.finish(job, .finished)) }
        }
    }

    @Test func `what nobody can use leaves a line in the log with the reason`() async throws {
        let lines = LogLines()
        try await Self.takeBeside(log: lines) {
            try Self.store($0, "bad", "name", "check-price", "data", "not JSON")
            try $0.redis("LPUSH", "wait", "gone")
            try $0.redis("LPUSH", "active", "left")
        } _: { (test, _) async throws in
            _ = try await test.queue.recoverStalled()
            #expect(
                lines.all == [
                    "warning A job was given up. error=Its data is not a JSON object. job.id=bad outcome=failed",
                    "warning Dropped an id in the queue that has no job. job.id=gone",
                    "warning Dropped an id in the queue that has no job. job.id=left",
                ]
            )
        }
    }

    @Test func `why a job had nothing to do is its result for others`() async throws {
        try await Interop.with(.v6) { test in
            try await test.client.add("a", ["removeOnComplete": false])
            let ended = EndedJob(try await test.takeOne(), .finished, note: "Nothing watches “this” address.")
            _ = try await test.queue.settle([ended], thenTake: 0, worker: "worker")
            #expect(try await test.client.look("a")["returnvalue"] == "Nothing watches “this” address.")
            #expect(try await test.client.state(of: "a") == "completed")
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `what a client adds to read a product's page anew comes with its name`(version: BullClient.Version)
        async throws
    {
        try await Interop.with(version) { test in
            try await test.client.add(
                "a",
                data: ["url": "https://shop.example/lamp", "triggeredAt": "2026-01-01T00:00:00Z"],
                name: "update-product-info"
            )
            let job = try await test.takeOne()
            #expect(job.name == .updateProductInfo)
            #expect(job.payload.contains("https://shop.example/lamp"))
            #expect(try await test.queue.finish(job, .finished))
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
