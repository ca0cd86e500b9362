import Model
import Queue
import TestSupport
import Testing

/// Whatever a client and we do in turn, no job is lost and none is in two places.
@Suite(.timeLimit(.minutes(20)))
struct RandomSharedTests {
    @Test(arguments: BullClient.Version.allCases, (1...3).map { _ in UInt64.random(in: 1...UInt64.max) })
    func `each job stays in one place`(version: BullClient.Version, seed: UInt64) async throws {
        try await Interop.with(version) { test in
            var mess = Mess(test: test, random: SeededGenerator(state: seed))
            for step in 1...80 {
                let done = try await mess.step()
                let problems = try mess.problems()
                #expect(problems == [], "seed \(seed), step \(step): \(done)")
                if !problems.isEmpty { return }
            }
            try await mess.tidy()
            let left = try TestRedis.command("EXISTS", "\(test.keys)wait", "\(test.keys)paused").number
            #expect(left == 0, "seed \(seed)")
        }
    }
}

/// A queue that two use at the same time.
private struct Mess {
    let test: Interop
    var random: SeededGenerator
    private var ours: [Job] = []
    private var theirs: [String] = []
    private var count = 0

    init(test: Interop, random: SeededGenerator) { (self.test, self.random) = (test, random) }

    /// Does something; says what.
    mutating func step() async throws -> String {
        let isOurs = Bool.random(using: &random)
        let who = isOurs ? "we" : "the client"
        switch Int.random(in: 0...15, using: &random) {
        case 0...4: return try await add(isOurs)
        case 5...7:
            if isOurs {
                ours += try await test.queue.take(limit: 1, worker: "worker")
            } else if let id = try await test.client.take() {
                theirs.append(id)
            }
            return "\(who) took a job"
        case 8...11: return try await end(isOurs)
        case 12:
            if isOurs { try await test.queue.pause() } else { try await client("pause") }
            return "\(who) paused"
        case 13:
            if isOurs { try await test.queue.resume() } else { try await client("resume") }
            return "\(who) resumed"
        case 14:
            guard let id = try ids("LRANGE", "active").randomElement(using: &random) else { return "nothing" }
            try test.loseWorker(of: id)
            _ = isOurs ? "\(try await test.recover())" : try await test.clientRecovers().joined()
            return "\(who) found that the worker of \(id) is dead"
        default:
            guard let id = try ids("ZRANGE", "delayed").randomElement(using: &random) else { return "nothing" }
            if isOurs { try await test.queue.promote(id) } else { try await test.client.job(id, "promote") }
            return "\(who) promoted \(id)"
        }
    }

    /// In version 5 each change puts one of the lists of waiting jobs over the other.
    ///
    /// Our pause keeps to that of version 6, so we join what a client of version 5 parted, every few seconds; what it
    /// overwrites before is lost.
    private func client(_ change: String) async throws {
        if test.client.version == .v5 { _ = try await test.queue.recoverStalled() }
        try await test.client.queue(change)
    }

    private mutating func add(_ isOurs: Bool) async throws -> String {
        count += 1
        let id = "job-\(count)"
        let priority = [0, 0, 5].randomElement(using: &random) ?? 0
        let isDelayed = Int.random(in: 0...3, using: &random) == 0
        if isOurs {
            try await test.queue.add([
                .sample(id, delay: isDelayed ? .hours(1) : .zero, priority: priority, attempts: 2)
            ])
        } else {
            try await test.client.add(
                id,
                ["delay": isDelayed ? 3_600_000 : 0, "priority": .int(priority), "attempts": 2]
            )
        }
        return "\(isOurs ? "we" : "the client") added \(id)"
    }

    private mutating func end(_ isOurs: Bool) async throws -> String {
        if isOurs {
            guard !ours.isEmpty else { return "nothing" }
            let job = ours.removeFirst()
            let ends: [JobEnd] = [.finished, .tryAgain(why: "No."), .giveUp(why: "No."), .giveBack]
            let end = ends.randomElement(using: &random) ?? .finished
            let isOurs = try await test.queue.finish(job, end)
            return "we ended \(job.id): \(end), \(isOurs)"
        }
        guard !theirs.isEmpty else { return "nothing" }
        let id = theirs.removeFirst()
        do {
            if Bool.random(using: &random) {
                try await test.client.complete(id)
            } else {
                try await test.client.fail(id, "No.")
            }
            return "the client ended \(id)"
        } catch let error as BullClient.Failure {
            // It was found dead meanwhile.
            return "the client ended \(id): \(error)"
        }
    }

    /// Takes and ends all that can be taken.
    mutating func tidy() async throws {
        try await test.queue.resume()
        while case let jobs = try await test.queue.take(limit: 50, worker: "worker"), !jobs.isEmpty {
            for job in jobs { try await test.queue.finish(job, .finished) }
        }
    }

    private func ids(_ command: String, _ key: String) throws -> [String] {
        try test.redis(command, key, "0", "-1").list.compactMap(\.text)
    }

    /// What is not as it must be.
    func problems() throws -> [String] {
        var places: [String: [String]] = [:]
        for list in ["wait", "paused", "active"] {
            for id in try ids("LRANGE", list) { places[id, default: []].append(list) }
        }
        for list in ["prioritized", "delayed", "completed", "failed", "waiting-children"] {
            for id in try ids("ZRANGE", list) { places[id, default: []].append(list) }
        }
        let keys = try TestRedis.command("KEYS", "\(test.keys)job-*").list.compactMap(\.text)
        let names = keys.map { String($0.dropFirst(test.keys.count)) }
        let jobs = Set(names.filter { !$0.contains(":") })
        let locked = names.filter { $0.hasSuffix(":lock") }.map { String($0.dropLast(5)) }
        return places.filter { $0.value.count > 1 }.map { "\($0.key) is in \($0.value)" }
            + jobs.subtracting(places.keys).map { "\($0) is lost" }
            + Set(places.keys).subtracting(jobs).map { "\($0) has no job" }
            + locked.filter { places[$0] != ["active"] }.map { "\($0) is locked" }
    }
}
