import FoundationEssentials
import Monitoring
import ServiceLifecycle

/// Performs jobs.
enum WorkerRole {
    static func services(_ app: App) -> [any Service] {
        let jobs = app.monitoring.jobs
        return [
            WorkerLoop(
                queue: app.queue,
                name: "worker-\(ProcessInfo.processInfo.processIdentifier)",
                concurrency: app.settings.workerConcurrency,
                lease: app.settings.workerLease,
                heartbeats: app.heartbeats,
                logger: app.logger
            ) { await jobs.perform($0, notes: $1) }
        ]
    }
}
