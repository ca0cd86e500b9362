import Foundation
import Logging
import Model
import Queue

/// What the queue in Redis does in a second, and how late it is: `queue-benchmark REDIS_URL` prints one line of JSON.
@main
struct QueueBenchmark {
    static func main() async throws {
        guard CommandLine.arguments.count == 2 else {
            FileHandle.standardError.write(Data("usage: queue-benchmark REDIS_URL\n".utf8))
            exit(64)
        }
        var settings = RedisQueueSettings()
        settings.prefix = "benchmark-\(UUID().uuidString)"
        let address = try RedisAddress(CommandLine.arguments[1])
        let queues = (0..<2).map { _ in
            RedisQueue(address, settings: settings, logger: Logger(label: "benchmark"))
        }
        let benchmark = QueueBenchmark(worker: queues[0], producer: queues[1])
        var figures = try await benchmark.rates()
        figures.merge(try await benchmark.lateness()) { $1 }
        let values = figures.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\(String(format: "%.2f", $0.value))" }
        print("{\(values.joined(separator: ","))}")
    }

    let worker: RedisQueue
    /// Another connection, as another process would have.
    let producer: RedisQueue

    private static let count = 50_000
    private static let payload = "{\"url\":\"https://shop.example/article/4711\",\"listingId\":\"01JDXAMPLE\"}"

    private static func job(_ id: String, delay: Duration = .zero) -> NewJob {
        NewJob(id: id, name: .checkPrice, payload: payload, delay: delay, attempts: 3)
    }

    /// Jobs a second: added in batches of a hundred, added one by one by many at a time, and done.
    private func rates() async throws -> [String: Double] {
        let batches = stride(from: 0, to: Self.count, by: 100).map { start in
            (start..<start + 100).map { Self.job("batch-\($0)") }
        }
        let batched = try await seconds {
            try await Self.each(batches, atOnce: 4) { _ = try await producer.add($0) }
        }
        let done = try await seconds { try await workOff(Self.count) }
        let single = try await seconds {
            try await Self.each((0..<Self.count).map { Self.job("single-\($0)") }, atOnce: 64) {
                _ = try await producer.add([$0])
            }
        }
        try await workOff(Self.count)
        return [
            "add_batch": Double(Self.count) / batched, "add_single": Double(Self.count) / single,
            "process": Double(Self.count) / done,
        ]
    }

    /// As the worker's loop does it: the jobs that ended and the ones that come next in one step.
    private func workOff(_ count: Int) async throws {
        var ends: [EndedJob] = []
        var left = count
        while left > 0 || !ends.isEmpty {
            let settled = try await worker.settle(ends, thenTake: 32, worker: "benchmark")
            left -= settled.taken.count
            ends = settled.taken.map { EndedJob($0, .finished) }
        }
    }

    /// Milliseconds from adding a job to an idle worker's having it, and from when a delayed job was due.
    private func lateness() async throws -> [String: Double] {
        var waits: [Double] = []
        for number in 0..<500 {
            async let taken = next()
            // Long enough for the worker to be asleep.
            try await Task.sleep(for: .milliseconds(5))
            let start = ContinuousClock.now
            try await producer.add([Self.job("pick-up-\(number)")])
            let job = try await taken
            waits.append((ContinuousClock.now - start) / .milliseconds(1))
            try await worker.finish(job, .finished)
        }
        var late: [Double] = []
        let delays = (0..<500).map { _ in Int.random(in: 200...3_000) }
        let start = ContinuousClock.now
        try await producer.add(zip(0..., delays).map { Self.job("late-\($0)", delay: .milliseconds($1)) })
        let added = ContinuousClock.now
        while late.count < delays.count {
            let job = try await next()
            guard let number = job.id.split(separator: "-").last.flatMap({ Int($0) }) else { continue }
            // The server counted from a moment between these two.
            let due = start + (added - start) / 2 + .milliseconds(delays[number])
            late.append(max((ContinuousClock.now - due) / .milliseconds(1), 0))
            try await worker.finish(job, .finished)
        }
        return [
            "pick_up_p50": Self.share(0.5, of: waits), "pick_up_p99": Self.share(0.99, of: waits),
            "delayed_p50": Self.share(0.5, of: late), "delayed_p99": Self.share(0.99, of: late),
        ]
    }

    private func next() async throws -> Job {
        while true {
            if let job = try await worker.take(limit: 1, worker: "benchmark").first { return job }
            await worker.waitForJobs(upTo: .seconds(5))
        }
    }

    private static func share(_ share: Double, of values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted[min(Int(Double(sorted.count) * share), sorted.count - 1)]
    }

    private static func each<T: Sendable>(
        _ all: [T],
        atOnce: Int,
        _ work: @escaping @Sendable (T) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup { group in
            for lane in 0..<atOnce {
                group.addTask {
                    for place in stride(from: lane, to: all.count, by: atOnce) { try await work(all[place]) }
                }
            }
            try await group.waitForAll()
        }
    }

    private func seconds(_ work: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await work()
        return (ContinuousClock.now - start) / .seconds(1)
    }
}
