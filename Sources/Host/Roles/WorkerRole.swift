import Monitoring
import Operations
import ServiceLifecycle

/// Performs jobs.
enum WorkerRole {
    static func services(_ app: App) -> [any Service] {
        let jobs = app.monitoring.jobs
        let watch = QueueWatch(queue: app.queue, logger: app.logger)
        return [
            TurnLoop(
                name: "queue watch",
                work: "look at the queue",
                interval: .seconds(5),
                heartbeats: app.heartbeats,
                logger: app.logger
            ) {
                try await watch.look(now: SystemClock.now())
                return false
            },
            QueueEar(queue: app.queue),
            WorkerLoop(
                queue: app.queue,
                name: QueueSettings.worker,
                concurrency: app.settings.workerConcurrency,
                lease: app.settings.queue.lease,
                heartbeats: app.heartbeats,
                logger: app.logger
            ) { await jobs.perform($0, notes: $1) },
        ]
    }
}
