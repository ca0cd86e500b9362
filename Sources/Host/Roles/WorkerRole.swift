import Monitoring
import ServiceLifecycle
import Web

/// Performs jobs.
enum WorkerRole {
    static func services(_ app: App) -> [any Service] {
        let (jobs, news) = (app.monitoring.jobs, app.news)
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
            ) { job, notes in
                defer { news.changed() }
                return await jobs.perform(job, notes: notes)
            },
        ]
    }
}
