import Model
package import Queue

/// What has to be done now and then so that the installation stays well.
///
/// Jobs and not loops: of all processes one does them, they are tried again when they fail, and the log and the metrics
/// show them like other jobs.
package enum Maintenance {
    static let tidy: JobName = "maintenance-tidy"

    /// Sees to it that the queue has the job schedulers, as this version wants them.
    package static func keep(in queue: any Queue) async throws {
        let kept = Dictionary(
            uniqueKeysWithValues: try await queue.schedulers().map { ($0.scheduler.id, $0.scheduler) }
        )
        for scheduler in schedulers where kept[scheduler.id] != scheduler { try await queue.upsert(scheduler) }
    }

    static let schedulers: [JobScheduler] = [
        JobScheduler(
            id: "tidy",
            rhythm: .every(.seconds(3600)),
            // After whatever a person waits for.
            template: NewJob(
                id: "",
                name: tidy,
                payload: "{}",
                priority: 100,
                attempts: 3,
                backoff: .fixed(.seconds(60), jitterPercent: 20),
                deadline: .seconds(1800)
            )
        )
    ]
}
