import Logging
import Metrics
import Model
import Operations
import Queue

/// Shows how the queue is: in the metrics, and in the log when it is paused.
struct QueueWatch: Sendable {
    private let queue: any Queue
    private let logger: Logger
    private let waiting: Gauge
    private let delayed: Gauge
    private let active: Gauge
    private let failed: Gauge
    private let longestWait: Gauge
    private let paused: Gauge
    private let wasPaused = ChangeFlag()

    init(queue: any Queue, logger: Logger, metrics: any MetricsFactory = MetricsSystem.factory) {
        func jobs(_ state: String) -> Gauge {
            Gauge(label: "host_queue_jobs", dimensions: [("state", state)], factory: metrics)
        }
        self.queue = queue
        self.logger = logger
        (waiting, delayed, active, failed) = (jobs("waiting"), jobs("delayed"), jobs("active"), jobs("failed"))
        longestWait = Gauge(label: "host_queue_longest_wait_seconds", factory: metrics)
        paused = Gauge(label: "host_queue_paused_seconds", factory: metrics)
    }

    /// What a worker does, and a scheduler where no worker runs beside it: else nobody would see that none runs.
    static func loop(_ app: App) -> TurnLoop {
        let watch = QueueWatch(queue: app.queue, logger: app.logger)
        return TurnLoop(
            name: "queue watch",
            work: "look at the queue",
            interval: .seconds(5),
            heartbeats: app.heartbeats,
            logger: app.logger
        ) {
            try await watch.look(now: SystemClock.now())
            return false
        }
    }

    func look(now: Timestamp) async throws {
        let counts = try await queue.counts()
        waiting.record(counts.waiting)
        delayed.record(counts.delayed)
        active.record(counts.active)
        failed.record(counts.failed)
        longestWait.record((try await queue.longestWait() ?? .zero) / .seconds(1))
        let since = try await queue.pausedSince()
        paused.record(max(since.map { (now - $0) / .seconds(1) } ?? 0, 0))
        switch (wasPaused.change(to: since != nil), since) {
        case (true, let since?):
            logger.warning(
                "The queue is paused: no jobs are taken until it is resumed.",
                metadata: ["since": "\(since.iso8601)", "jobs.waiting": .stringConvertible(counts.waiting)]
            )
        case (true, nil): logger.notice("The queue is not paused any more.")
        case (false, _): break
        }
    }
}
