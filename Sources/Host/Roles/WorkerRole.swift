import Monitoring
import ServiceLifecycle

/// Performs jobs.
enum WorkerRole {
    static func services(_ app: App) -> [any Service] {
        let jobs = app.monitoring.jobs
        return [
            QueueWatch.loop(app),
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
