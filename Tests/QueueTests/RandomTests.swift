import Model
import Queue
import TestSupport
import Testing

/// Thousands of random operations, compared with a simple model of what a queue is.
@Suite(.timeLimit(.minutes(20)))
struct RandomTests {
    @Test(arguments: TestQueue.engines, (1...6).map { _ in UInt64.random(in: 1...UInt64.max) })
    func `whatever is done in whatever order, the queue holds what it should`(
        engine: QueueEngine,
        seed: UInt64
    ) async throws {
        try await TestQueue.with(engine, keptFailures: 1000) { test in
            var model = QueueModel(seed: seed)
            for step in 1...400 {
                let operation = try await model.step(test)
                let place = Comment("seed \(seed), step \(step): \(operation)")
                #expect(try await test.other.counts() == model.counts(now: test.clock.now), place)
                guard model.problem == nil else {
                    Issue.record("\(model.problem ?? ""), \(place)")
                    return
                }
            }
        }
    }
}

/// Repeatable: the same seed gives the same operations.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    // SplitMix64, <https://prng.di.unimi.it/splitmix64.c>
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}

private struct QueueModel {
    enum State: Hashable {
        case pending(ready: Timestamp)
        case active(Job)
        case failed
    }

    struct Entry {
        var state: State
        var priority: Int
        var attempts: Int
        var made = 0
        var stalls = 0
        var number: Int
    }

    var random: SeededGenerator
    var jobs: [String: Entry] = [:]
    /// What was held once and is not any more.
    var old: [Job] = []
    var isPaused = false
    var nextNumber = 0
    var problem: String?

    init(seed: UInt64) { random = SeededGenerator(state: seed) }

    func counts(now: Timestamp) -> QueueCounts {
        var counts = QueueCounts(waiting: 0, delayed: 0, active: 0, failed: 0)
        for entry in jobs.values {
            switch entry.state {
            case .pending(let ready): if ready <= now { counts.waiting += 1 } else { counts.delayed += 1 }
            case .active: counts.active += 1
            case .failed: counts.failed += 1
            }
        }
        return counts
    }

    private var active: [Job] {
        jobs.values.compactMap { if case .active(let job) = $0.state { job } else { nil } }.sorted { $0.id < $1.id }
    }

    /// Does something to the queue and to the model; says what.
    mutating func step(_ test: TestQueue) async throws -> String {
        let queue = Bool.random(using: &random) ? test.queue : test.other
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<6: return try await add(queue, test.clock.now)
        case 6..<14: return try await settle(queue, test.clock.now)
        case 14: return try await renew(queue)
        case 15, 16:
            let span = Duration.milliseconds(Int.random(in: 1...9_000, using: &random))
            // In steps, so that nobody's lease runs out.
            test.clock.advance(by: span)
            check(try await queue.renew(active) == [], "a lease that was renewed in time is lost")
            return "advance \(span)"
        case 17:
            isPaused = Bool.random(using: &random)
            try await isPaused ? queue.pause() : queue.resume()
            return isPaused ? "pause" : "resume"
        case 18: return try await lose(test)
        default:
            check(try await queue.recoverStalled() == 0, "a job was taken from a living worker")
            return "recover"
        }
    }

    private mutating func check(_ isTrue: Bool, _ problem: String) {
        if !isTrue { self.problem = self.problem ?? problem }
    }

    private mutating func add(_ queue: any Queue, _ now: Timestamp) async throws -> String {
        var new: [NewJob] = []
        var expected = 0
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            let job = NewJob.sample(
                "job-\(Int.random(in: 0..<60, using: &random))",
                delay: .milliseconds(max(0, Int.random(in: -20_000...20_000, using: &random))),
                priority: Int.random(in: 0...3, using: &random),
                attempts: Int.random(in: 1...3, using: &random)
            )
            new.append(job)
            let present = jobs[job.id]
            guard present == nil || present?.state == .failed else { continue }
            expected += 1
            nextNumber += 1
            jobs[job.id] = Entry(
                state: .pending(ready: now + job.delay),
                priority: job.priority,
                attempts: job.attempts,
                stalls: present?.stalls ?? 0,
                number: nextNumber
            )
        }
        check(try await queue.add(new) == expected, "another number of jobs was new")
        return "add \(new.map(\.id))"
    }

    private mutating func settle(_ queue: any Queue, _ now: Timestamp) async throws -> String {
        var ends: [EndedJob] = []
        for job in active.shuffled(using: &random).prefix(Int.random(in: 0...6, using: &random)) {
            let all: [JobEnd] = [.finished, .tryAgain(why: "No."), .giveUp(why: "No."), .giveBack]
            ends.append(EndedJob(job, all[Int.random(in: 0..<all.count, using: &random)]))
        }
        let stale = old.randomElement(using: &random)
        if let stale { ends.append(EndedJob(stale, .finished)) }
        for ended in ends where ended.job != stale { apply(ended, now) }
        let limit = Int.random(in: 0...10, using: &random)
        let settled = try await queue.settle(ends, thenTake: limit, worker: "worker")
        check(settled.lost == (stale.map { [$0] } ?? []), "lost \(settled.lost.map(\.id))")
        take(settled.taken, limit, now)
        return "settle \(ends.map { "\($0.job.id) \($0.end)" }), take \(limit)"
    }

    private mutating func apply(_ ended: EndedJob, _ now: Timestamp) {
        guard var entry = jobs[ended.job.id] else { return }
        old.append(ended.job)
        switch ended.end {
        case .finished:
            jobs[ended.job.id] = nil
            return
        case .giveBack: entry.state = .pending(ready: now)
        case .tryAgain where entry.made + 1 < entry.attempts:
            entry.made += 1
            nextNumber += 1
            entry.number = nextNumber
            entry.state = .pending(ready: now + .seconds([5, 10, 15][entry.made - 1]))
        case .tryAgain, .giveUp:
            entry.made += 1
            entry.state = .failed
        }
        jobs[ended.job.id] = entry
    }

    private mutating func take(_ taken: [Job], _ limit: Int, _ now: Timestamp) {
        var ready = jobs.filter { if case .pending(let ready) = $0.value.state { ready <= now } else { false } }
        check(taken.count == (isPaused ? 0 : min(limit, ready.count)), "\(taken.count) of \(ready.count) were taken")
        var last = 0
        for job in taken {
            guard let entry = ready.removeValue(forKey: job.id) else {
                check(false, "\(job.id) was taken and is not ready")
                continue
            }
            check(job.attempt == entry.made + 1 && job.attempts == entry.attempts, "\(job.id) has another attempt")
            check(entry.priority >= last, "\(job.id) came too late for its priority")
            last = entry.priority
            jobs[job.id]?.state = .active(job)
        }
        let best = ready.values.map(\.priority).min() ?? .max
        check(taken.isEmpty || last <= best, "one of priority \(best) was passed over")
    }

    private mutating func renew(_ queue: any Queue) async throws -> String {
        let stale = old.randomElement(using: &random)
        let lost = try await queue.renew(active + (stale.map { [$0] } ?? []))
        check(lost == (stale.map { [$0] } ?? []), "renewing lost \(lost.map(\.id))")
        return "renew"
    }

    /// Every worker dies.
    private mutating func lose(_ test: TestQueue) async throws -> String {
        var expected = 0
        for job in active {
            old.append(job)
            if jobs[job.id]?.stalls == 5 {
                jobs[job.id]?.state = .failed
            } else {
                expected += 1
                jobs[job.id]?.stalls += 1
                jobs[job.id]?.state = .pending(ready: test.clock.now)
            }
        }
        check(try await test.loseWorkers() == expected, "another number of jobs was offered again")
        return "lose workers"
    }
}
