import FoundationEssentials
import Model
import Queue
import Synchronization
import TestSupport
import Testing

/// Workers of ours and of BullMQ share a queue and die at work.
@Suite(.timeLimit(.minutes(20)))
struct MixedStormTests {
    private static let concurrency = 12
    private static let leastActive = 10

    @Test func `whichever worker dies, no job is lost, and only what it had in hand is done again`() async throws {
        let isLong = ProcessInfo.processInfo.environment["LONG_TESTS"] != nil
        let (planned, deaths) = isLong ? (20_000, 40) : (1500, 6)
        var count = planned
        let storm = try MixedStorm(concurrency: Self.concurrency)
        try await storm.add(0..<count)
        for place in 0..<4 { try storm.begin(place) }
        let keeper = Task { try await storm.keep() }
        var killed: [Int] = []
        let start = ContinuousClock.now
        for death in 0..<deaths {
            let moment = planned * (death + 1) / (deaths + 2)
            while try storm.done() < moment { try await Task.sleep(for: .milliseconds(5)) }
            while try storm.active() < Self.leastActive {
                // On a busy machine all may be done before anybody looks again.
                if try storm.done() >= count {
                    try await storm.add(count..<count + 300)
                    count += 300
                }
                try await Task.sleep(for: .milliseconds(1))
            }
            killed.append(try storm.active())
            storm.kill(death % 4)
            try storm.begin(death % 4)
        }
        while try await !storm.isOver() { try await Task.sleep(for: .milliseconds(50)) }
        let took = ContinuousClock.now - start
        keeper.cancel()
        let runs = try storm.runs()
        #expect(runs.count == count)
        let extra = runs.values.reduce(0, +) - count
        #expect(extra <= deaths * Self.concurrency)
        #expect(try await storm.failed() == 0)
        print(
            """
            Mixed storm: \(count) jobs, \(deaths) workers died (two of ours, BullMQ 5 and 6 in turns) with \
            \(killed.map { "\($0)" }.joined(separator: ", ")) jobs active: 0 lost, \(extra) done again, \
            \(took.components.seconds) s.
            """
        )
        try storm.end()
    }
}

/// Places 0 and 2 are our workers, 1 and 3 those of BullMQ.
///
/// A worker of ours dies by never speaking again, which is all that others see of a process that is killed; those of
/// BullMQ are processes and are killed.
private final class MixedStorm: Sendable {
    private enum Worker: Sendable {
        case ours(RedisQueue, Task<Void, any Error>)
        case theirs(BullClient)
    }

    private let prefix = TestRedis.makePrefix()
    private let concurrency: Int
    private let keeper: RedisQueue
    private let workers = Mutex<[Int: Worker]>([:])

    private var keys: String { "\(prefix):jobs:" }
    private var effects: String { "\(prefix):effects" }

    init(concurrency: Int) throws {
        self.concurrency = concurrency
        keeper = try Self.queue(prefix)
    }

    private static func queue(_ prefix: String) throws -> RedisQueue {
        var settings = RedisQueueSettings()
        settings.prefix = prefix
        settings.name = "jobs"
        settings.lease = .seconds(5)
        settings.pollInterval = .milliseconds(500)
        return RedisQueue(try RedisAddress(TestRedis.url), settings: settings, logger: .quiet)
    }

    func add(_ numbers: Range<Int>) async throws {
        try await keeper.add(numbers.map { .sample("job-\($0)") })
    }

    func begin(_ place: Int) throws {
        if place.isMultiple(of: 2) {
            let queue = try Self.queue(prefix)
            let work = Task { try await self.work(queue, "ours-\(place)") }
            workers.withLock { $0[place] = .ours(queue, work) }
        } else {
            let client = try BullClient(place == 1 ? .v5 : .v6, prefix: prefix, queue: "jobs")
            // Ends when it is killed.
            Task {
                try await client.ask("toil", ["effects": .string(effects), "concurrency": .int(concurrency)])
            }
            workers.withLock { $0[place] = .theirs(client) }
        }
    }

    func kill(_ place: Int) {
        switch workers.withLock({ $0.removeValue(forKey: place) }) {
        case .ours(let queue, let work):
            work.cancel()
            queue.close()
        case .theirs(let client): client.close()
        case nil: break
        }
    }

    private func work(_ queue: RedisQueue, _ name: String) async throws {
        var ends: [EndedJob] = []
        while true {
            let settled = try await queue.settle(ends, thenTake: concurrency, worker: name)
            ends = settled.taken.map { EndedJob($0, .finished) }
            for job in settled.taken { try TestRedis.command("HINCRBY", effects, job.id, "1") }
            // Where it dies in between, it has done them and nobody knows.
            try await Task.sleep(for: .milliseconds(Int.random(in: 5...30)))
            if settled.taken.isEmpty { await queue.waitForJobs(upTo: .milliseconds(200)) }
            try Task.checkCancellation()
        }
    }

    /// Offers again what dead workers held, until it is cancelled.
    func keep() async throws {
        while true {
            _ = try await keeper.recoverStalled()
            try await Task.sleep(for: .milliseconds(300))
        }
    }

    func done() throws -> Int { try TestRedis.command("HLEN", effects).number ?? 0 }
    func active() throws -> Int { try TestRedis.command("LLEN", "\(keys)active").number ?? 0 }
    func runs() throws -> [String: Int] {
        try TestRedis.command("HGETALL", effects).fields.compactMapValues { Int($0) }
    }
    func failed() async throws -> Int { try await keeper.counts().failed }

    func isOver() async throws -> Bool {
        let counts = try await keeper.counts()
        return counts.waiting + counts.delayed + counts.active == 0
    }

    func end() throws {
        for place in 0..<4 { kill(place) }
        keeper.close()
        try TestRedis.remove(prefix)
    }
}
