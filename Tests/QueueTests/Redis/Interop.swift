import Logging
import Model
import Queue
import TestSupport
import Testing

/// A fresh queue that we share with a client of BullMQ.
///
/// Both go by the real time, each by its own clock.
struct Interop: Sendable {
    static let name = "jobs"

    let prefix: String
    let queue: RedisQueue
    let client: BullClient
    /// By what we see that a worker gives no sign of life.
    let counter: ManualClock

    /// Each client is a process, and all tests begin at once.
    private static let places = Places(4)

    /// Those of the tests, and one that the clients know.
    private static let zones: ZoneSource = { name in
        guard name == "Europe/Berlin" else { return try TestZones.source(name) }
        return try Zone.made(name, rule: "CET-1CEST,M3.5.0,M10.5.0/3")
    }

    /// What the keys begin with.
    var keys: String { "\(prefix):\(Self.name):" }

    static func with(
        _ version: BullClient.Version,
        logger: Logger = .quiet,
        configure: (inout RedisQueueSettings) -> Void = { _ in },
        _ body: (Interop) async throws -> Void
    ) async throws {
        await places.take()
        defer { places.giveBack() }
        let prefix = TestRedis.makePrefix()
        let counter = ManualClock(Timestamp(milliseconds: 0))
        var settings = RedisQueueSettings()
        settings.prefix = prefix
        settings.name = name
        settings.lease = TestQueue.lease
        settings.pollInterval = .milliseconds(200)
        settings.keptFailures = TestQueue.keptFailures
        configure(&settings)
        let queue = RedisQueue(
            try RedisAddress(TestRedis.url),
            settings: settings,
            elapsed: { counter.now - Timestamp(milliseconds: 0) },
            chance: { 0 },
            zones: zones,
            logger: logger
        )
        let client = try BullClient(version, prefix: prefix, queue: name)
        func end() throws {
            client.close()
            queue.close()
            try TestRedis.remove(prefix)
        }
        do {
            try await body(Interop(prefix: prefix, queue: queue, client: client, counter: counter))
        } catch {
            try end()
            throw error
        }
        try end()
    }

    /// One command about a key of the queue.
    @discardableResult
    func redis(_ command: String, _ key: String, _ words: String...) throws -> TestRedis.Answer {
        try TestRedis.command([command, keys + key] + words)
    }

    /// Which the clients' clocks are near, since it is the same machine's.
    func serverTime() throws -> Timestamp {
        let parts = try TestRedis.command("TIME").list.compactMap(\.number)
        return Timestamp(milliseconds: parts[0] * 1000 + parts[1] / 1000)
    }

    func takeOne() async throws -> Job { try #require(try await waitAndTake().first) }

    /// Jobs as soon as there are some; none after a long while.
    func waitAndTake(limit: Int = 1) async throws -> [Job] {
        for _ in 1...100 {
            let jobs = try await queue.take(limit: limit, worker: "worker")
            if !jobs.isEmpty { return jobs }
            await queue.waitForJobs(upTo: .seconds(1))
        }
        return []
    }

    func takeIDs(_ limit: Int = 100) async throws -> [String] {
        try await queue.take(limit: limit, worker: "worker").map(\.id)
    }

    /// Whoever works on this is dead, and its lock has run out.
    func loseWorker(of id: String) throws { try redis("DEL", "\(id):lock") }

    /// Looks for dead workers for as long as it takes us to believe it; says how many jobs wait again.
    func recover() async throws -> Int {
        let first = try await queue.recoverStalled()
        counter.advance(by: TestQueue.lease)
        return try await queue.recoverStalled() + first
    }

    /// Both looks of a client's worker; the second one finds what the first one saw.
    func clientRecovers() async throws -> [String] {
        var found: [String] = []
        for _ in 1...2 {
            try redis("DEL", "stalled-check")
            found += try await client.script("moveStalledJobsToWait", 1, 30_000).list.compactMap(\.string)
        }
        return found
    }
}
