import Model
import Synchronization
import TestSupport
import Testing

@testable import Queue

/// A Redis server that fails in every way a server can, caused for real.
@Suite(.timeLimit(.minutes(20)))
struct RedisFaultTests {
    private static func queue(
        _ url: String,
        prefix: String = "bull",
        _ change: (inout RedisQueueSettings) -> Void = { _ in }
    ) throws -> RedisQueue {
        var settings = RedisQueueSettings()
        settings.prefix = prefix
        settings.lease = .milliseconds(400)
        settings.pollInterval = .milliseconds(50)
        settings.longestSilence = .milliseconds(300)
        change(&settings)
        return RedisQueue(try RedisAddress(url), settings: settings, logger: .quiet)
    }

    /// Adds jobs and works them off, however often something fails; how often each was done.
    private static func workThrough(_ queue: RedisQueue, _ count: Int) async throws -> [String: Int] {
        let ids = (0..<count).map { "job-\($0)" }
        try await persist { _ = try await queue.add(ids.map { .sample($0, attempts: 3) }) }
        var runs: [String: Int] = [:]
        while true {
            var taken: [Job] = []
            try await persist { taken = try await queue.take(limit: 3, worker: "worker") }
            for job in taken { runs[job.id, default: 0] += 1 }
            if !taken.isEmpty {
                try await persist { _ = try await queue.renew(taken) }
                let ends = taken.map { EndedJob($0, .finished) }
                try await persist { _ = try await queue.settle(ends, thenTake: 0, worker: "worker") }
                continue
            }
            // What was taken by a step whose answer was lost comes back when its lease runs out.
            try await persist { _ = try await queue.recoverStalled() }
            var left = QueueCounts(waiting: 0, delayed: 0, active: 0, failed: 0)
            try await persist { left = try await queue.counts() }
            if left == QueueCounts(waiting: 0, delayed: 0, active: 0, failed: 0) { return runs }
            await queue.waitForJobs(upTo: .milliseconds(50))
        }
    }

    /// As the worker's loop does it: again until it works.
    private static func persist(_ work: () async throws -> Void) async throws {
        while true {
            do {
                return try await work()
            } catch let error as RedisError {
                guard case .unreachable = error else { throw error }
                try await Task.sleep(for: .milliseconds(10))
            }
        }
    }

    @Test(arguments: [TestProxy.Fault.cutBefore, .cutAfter, .swallow], TestProxy.Side.allCases)
    func `wherever the connection is cut, nothing is lost and at most what was under way is done twice`(
        fault: TestProxy.Fault,
        side: TestProxy.Side
    ) async throws {
        var (places, extra) = (0, 0)
        // At the first message, the second, and so on, until one is never reached.
        for number in 1...200 {
            let prefix = TestRedis.makePrefix()
            let proxy = try TestProxy(to: TestRedis.port, fault, at: number, from: side, framing: .chunks)
            let port = try TestRedis.port
            let queue = try Self.queue(TestRedis.url.replacing(":\(port)/", with: ":\(proxy.port)/"), prefix: prefix)
            let runs = try await Self.workThrough(queue, 6)
            queue.close()
            try TestRedis.remove(prefix)
            #expect(runs.count == 6)
            extra += runs.values.reduce(0) { $0 + $1 - 1 }
            #expect(runs.values.allSatisfy { $0 <= 2 })
            places += 1
            guard proxy.hasFailed else { break }
        }
        #expect(places > 10)
        print("Redis, \(fault) from \(side) at each of \(places - 1) messages: 0 lost, \(extra) done twice.")
    }

    @Test func `what was acknowledged survives a server that is killed`() async throws {
        try await PrivateRedis.with { server in
            let queue = try Self.queue(server.url()) { $0.lease = .seconds(2) }
            var runs: [String: Int] = [:]
            try await queue.add((0..<200).map { .sample("job-\($0)") })
            for number in 1...20 {
                if number.isMultiple(of: 5) {
                    server.kill()
                    try await server.start()
                }
                var taken: [Job] = []
                try await Self.persist { taken = try await queue.take(limit: 10, worker: "worker") }
                for job in taken { runs[job.id, default: 0] += 1 }
                try await Self.persist {
                    _ = try await queue.settle(taken.map { EndedJob($0, .finished) }, thenTake: 0, worker: "worker")
                }
            }
            #expect(runs.count == 200)
            #expect(runs.values.allSatisfy { $0 == 1 })
            queue.close()
        }
    }

    @Test func `a server that began again or was emptied is noticed, and until jobs are added again each time`()
        async throws
    {
        struct Broken: Error {}
        try await PrivateRedis.with { server in
            let queue = try Self.queue(server.url())
            let restored = Mutex(0)
            func look() async throws -> Bool {
                try await queue.restoreForgotten { restored.withLock { $0 += 1 } }
            }
            try await queue.add([.sample("a"), .sample("b")])
            #expect(try await !look())
            try await queue.add([.sample("c")])
            #expect(try await !look())
            try server.command("FLUSHALL")
            await #expect(throws: Broken.self) { try await queue.restoreForgotten { throw Broken() } }
            #expect(try await look())
            #expect(try await !look())
            server.stop()
            try await server.start()
            #expect(try await look())
            #expect(restored.withLock { $0 } == 2)
            queue.close()
        }
    }

    @Test func `a full server takes no new jobs, says so, and lets the rest be done`() async throws {
        try await PrivateRedis.with("maxmemory 3mb") { server in
            let queue = try Self.queue(server.url())
            let ballast = String(repeating: "x", count: 20_000)
            var added = 0
            let error = await #expect(throws: RedisError.self) {
                while added < 10_000 {
                    try await queue.add([
                        NewJob(id: "job-\(added)", name: .checkPrice, payload: "{\"a\":\"\(ballast)\"}")
                    ])
                    added += 1
                }
            }
            guard case .full? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(String(describing: error).contains("maxmemory"))
            #expect(try await queue.counts().waiting == added, "the refused one left nothing")
            var done = 0
            while let job = try await queue.take(limit: 1, worker: "worker").first {
                #expect(try await queue.finish(job, .finished))
                done += 1
            }
            #expect(done == added)
            try await queue.add([.sample("fits again")])
            queue.close()
        }
    }

    @Test func `a replica is refused with words, and the main server is found again`() async throws {
        try await PrivateRedis.with { server in
            let queue = try Self.queue(server.url())
            try await queue.add([.sample("a")])
            try server.command("REPLICAOF", "127.0.0.1", "1")
            let error = await #expect(throws: RedisError.self) { try await queue.take(limit: 1, worker: "worker") }
            #expect(String(describing: error).contains("is a replica"))
            try server.command("REPLICAOF", "NO", "ONE")
            #expect(try await queue.take(limit: 1, worker: "worker").map(\.id) == ["a"])
            queue.close()
        }
    }

    @Test func `passwords, users, databases and sockets`() async throws {
        try await PrivateRedis.with { server in
            let wrong = try Self.queue(server.url(password: "sour"))
            let error = await #expect(throws: RedisError.self) { try await wrong.ping() }
            #expect(String(describing: error).contains("refuses the password"))
            #expect(!String(describing: error).contains("sour"))
            wrong.close()

            let place = "127.0.0.1:\(server.port)"
            let rights = ["~bull:*", "+@all", "-@admin", "-@dangerous", "+info"]
            try server.command(["ACL", "SETUSER", "worker", "on", ">plum"] + rights)
            for url in [
                server.socketURL, "\(server.socketURL)&db=3", "redis://:\(PrivateRedis.password)@\(place)/5",
                "redis://worker:plum@\(place)",
            ] {
                let queue = try Self.queue(url)
                try await queue.add([.sample("a")])
                let job = try #require(try await queue.take(limit: 9, worker: "worker").first)
                #expect(try await queue.finish(job, .finished))
                #expect(try await queue.examine() == [])
                queue.close()
            }
            let other = try Self.queue("redis://worker:plum@\(place)", prefix: "other")
            let refused = await #expect(throws: RedisError.self) { try await other.add([.sample("a")]) }
            #expect(String(describing: refused).contains("Give the user the rights"))
            other.close()
        }
    }

    @Test func `where no password was given, that is what is wrong`() async throws {
        try await PrivateRedis.with { server in
            let queue = try Self.queue("redis://127.0.0.1:\(server.port)")
            let error = await #expect(throws: RedisError.self) { try await queue.ping() }
            #expect(String(describing: error).contains("wants a password (NOAUTH), and redis.url names none"))
            queue.close()
        }
    }

    @Test func `a server that does not let itself be asked is told, whatever else is wrong with it`() async throws {
        try await PrivateRedis.with("maxmemory-policy allkeys-lru", "appendonly no") { server in
            let rights = ["~bull:*", "+@all", "-@admin", "-@dangerous"]
            try server.command(["ACL", "SETUSER", "worker", "on", ">plum"] + rights)
            let queue = try Self.queue("redis://worker:plum@127.0.0.1:\(server.port)")
            let warnings = try await queue.examine()
            #expect(warnings.count == 1)
            #expect(warnings.allSatisfy { $0.contains("Give the user the right “+info” as well.") })
            #expect(try await queue.examineIfNew() == [])
            queue.close()
        }
    }

    @Test func `a server is examined once after each of its starts, also when it was away at ours`() async throws {
        try await PrivateRedis.with("appendonly no") { server in
            server.stop()
            let queue = try Self.queue(server.url()) { $0.patience = .milliseconds(10) }
            await #expect(throws: RedisError.self) { try await queue.examine() }
            try await server.start()
            #expect(try await queue.examineIfNew().count == 1)
            #expect(try await queue.examineIfNew() == [])
            server.stop()
            try await server.start()
            var warnings: [String] = []
            try await Self.persist { warnings = try await queue.examineIfNew() }
            #expect(warnings.count == 1)
            queue.close()
        }
    }

    @Test func `people are told that a server hangs while others still wait for it`() async throws {
        try await PrivateRedis.with { server in
            let queue = try Self.queue(server.url()) { $0.longestSilence = .seconds(600) }
            let hasty = queue.impatient(.milliseconds(200))
            try await queue.add([.sample("a")])
            // The server has the script by then, for which nobody waits long.
            #expect(try await queue.counts().waiting == 1)
            try server.freeze()
            async let patient = queue.counts()
            for _ in 1...2 {
                let error = await #expect(throws: RedisError.self) { try await hasty.counts() }
                #expect(String(describing: error).contains("it does not answer"))
            }
            try server.thaw()
            #expect(try await patient.waiting == 1)
            #expect(try await queue.impatient(.seconds(600)).counts().waiting == 1)
            queue.close()
        }
    }

    @Test func `a node of a cluster that does not hold the queue is told, with the one that does`() {
        for words in ["MOVED 3999 10.0.0.5:6381", "ASK 3999 10.0.0.5:6381"] {
            let error = RedisError(answer: words, server: "here:6379/0")
            #expect(String(describing: error).contains("name the one that does in redis.url, 10.0.0.5:6381."))
        }
    }

    /// The second step is the one that says when a scheduler's next job is due.
    @Test func `what the first step took is kept where the second one fails`() async throws {
        var found: [[String]] = []
        for number in 1...60 {
            let prefix = TestRedis.makePrefix()
            let direct = try Self.queue(TestRedis.url, prefix: prefix)
            try await direct.add([.sample("a")])
            try await direct.upsert(JobScheduler(id: "tea", rhythm: .every(.hours(1)), template: .sample("")))
            let proxy = try TestProxy(to: TestRedis.port, .cutBefore, at: number, from: .client, framing: .chunks)
            let port = try TestRedis.port
            let queue = try Self.queue(TestRedis.url.replacing(":\(port)/", with: ":\(proxy.port)/"), prefix: prefix)
            if let taken = try? await queue.take(limit: 2, worker: "worker").map(\.id) {
                found.append(taken)
                // Nothing is held that nobody knows of.
                #expect(try await direct.counts().active == taken.count)
            } else {
                #expect(try await direct.counts().active == 0)
            }
            queue.close()
            direct.close()
            try TestRedis.remove(prefix)
            guard proxy.hasFailed else { break }
        }
        #expect(found.contains(["a"]), "\(found)")
        #expect(found.last?.count == 2)
    }

    @Test func `a server that could lose jobs is told, with the reason`() async throws {
        try await PrivateRedis.with("maxmemory-policy allkeys-lru", "appendonly no") { server in
            let queue = try Self.queue(server.url())
            let warnings = try await queue.examine()
            #expect(warnings.count == 2)
            #expect(warnings.contains { $0.contains("Set maxmemory-policy to noeviction.") })
            #expect(warnings.contains { $0.contains("forgets jobs when it ends") })
            #expect(warnings.allSatisfy { !$0.contains(PrivateRedis.password) })
            queue.close()
        }
        try await PrivateRedis.with { server in
            let queue = try Self.queue(server.url())
            #expect(try await queue.examine() == [])
            queue.close()
        }
    }

    @Test func `nobody there is told without delay, and what may wait waits a little`() async throws {
        let port = try TestServer.freePort()
        let queue = try Self.queue("redis://127.0.0.1:\(port)") { $0.patience = .milliseconds(100) }
        for work in [{ _ = try await queue.add([.sample("a")]) }, { try await queue.ping() }]
            as [() async throws -> Void]
        {
            let error = await #expect(throws: RedisError.self) { try await work() }
            #expect(String(describing: error).contains("can't be reached: connection refused"))
        }
        queue.close()
        await #expect(throws: RedisError.closed) { try await queue.ping() }
    }

    @Test(
        arguments: [
            ("rediss://redis.example", "TLS"), ("http://redis.example", "http://"), ("redis://", "host"),
            ("redis://h/x", "number"), ("redis://h/99999999", "number"), ("unix://", "socket"), ("%", "read"),
        ]
    )
    func `an address that can't be used is refused with the reason, and never repeated`(
        address: (text: String, word: String)
    ) {
        let text = address.text.replacing("://", with: "://:hidden@")
        let error = #expect(throws: RedisError.self) { try RedisAddress(address.text == "%" ? "%" : text) }
        #expect(String(describing: error).contains(address.word), "\(String(describing: error))")
        #expect(!String(describing: error).contains("hidden"))
    }
}
