import Model
import Operations
import Queue
import Testing
import TestSupport

@testable import Host

struct QueueWatchTests {
    @Test func `the metrics show how many jobs there are, the longest wait and the pause`() async throws {
        let metrics = PrometheusMetrics()
        let queue = FakeQueue(["a", "b"])
        let watch = QueueWatch(queue: queue, logger: .quiet, metrics: metrics)
        try await watch.look(now: Timestamp(milliseconds: 90_000))
        for line in [
            "host_queue_jobs{state=\"waiting\"} 2", "host_queue_jobs{state=\"delayed\"} 3",
            "host_queue_jobs{state=\"active\"} 4", "host_queue_jobs{state=\"failed\"} 5",
            "host_queue_longest_wait_seconds 1.5", "host_queue_paused_seconds 0",
        ] { #expect(metrics.text().contains(line + "\n"), "\(line)") }
        try await queue.pause()
        try await watch.look(now: Timestamp(milliseconds: 90_000))
        #expect(metrics.text().contains("host_queue_paused_seconds 30\n"))
    }

    @Test func `a pause is said once when it begins and once when it is over`() async throws {
        let lines = LogLines()
        let queue = FakeQueue(["a"])
        let watch = QueueWatch(queue: queue, logger: lines.logger(), metrics: PrometheusMetrics())
        func look() async throws { try await watch.look(now: Timestamp(milliseconds: 90_000)) }
        try await look()
        try await queue.pause()
        for _ in 1...2 { try await look() }
        try await queue.resume()
        for _ in 1...2 { try await look() }
        #expect(
            lines.all == [
                "warning The queue is paused: no jobs are taken until it is resumed. jobs.waiting=1 "
                    + "since=1970-01-01T00:01:00Z", "notice The queue is not paused any more.",
            ]
        )
    }

    @Test func `jobs that nobody takes are told once, and once when they are taken again`() async throws {
        let lines = LogLines()
        let queue = FakeQueue(["a"])
        var watchdog = QueueWatchdog(queue: queue, logger: lines.logger())
        try await watchdog.look()
        #expect(lines.all == [])
        watchdog.limit = .seconds(1)
        // Paused jobs are meant to wait.
        try await queue.pause()
        try await watchdog.look()
        #expect(lines.all == [])
        try await queue.resume()
        for _ in 1...2 { try await watchdog.look() }
        _ = try await queue.take(limit: 1, worker: "worker")
        for _ in 1...2 { try await watchdog.look() }
        #expect(
            lines.all == [
                "error Jobs wait and nobody takes them: does a worker run, and are there enough? jobs.waiting=1 "
                    + "longest.seconds=1", "notice Jobs are taken again.",
            ]
        )
    }
}
