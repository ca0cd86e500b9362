import FoundationEssentials
import Logging
import Model
import Monitoring
import Queue
import ServiceLifecycle

/// Makes jobs of what is due, finds what was lost, and sees to maintenance.
enum SchedulerRole {
    /// Small enough that other writers get a turn between two batches.
    private static let batch = 500

    static func services(_ app: App) -> [any Service] {
        let (scheduling, failures, queue) = (app.monitoring.scheduling, app.monitoring.failures, app.queue)
        let logger = app.logger
        func loop(
            _ name: String,
            _ work: String,
            every interval: Duration,
            _ turn: @escaping @Sendable () async throws -> Bool
        ) -> TurnLoop {
            TurnLoop(
                name: name,
                work: work,
                interval: interval,
                heartbeats: app.heartbeats,
                logger: logger,
                turn: turn
            )
        }
        let backups = app.dailyBackup.map { backup in
            loop("backups", "make the daily backup", every: .seconds(3600)) {
                try await backup.makeIfDue(at: Date())
                return false
            }
        }
        return [
            loop("scheduler", "make jobs of due listings", every: .milliseconds(500)) {
                try await logged("Made jobs of due listings.", "jobs", logger) {
                    try await scheduling.enqueueDue(limit: batch)
                } >= batch
            },
            loop("recovery", "recover lost jobs", every: min(.seconds(5), app.settings.workerLease / 4)) {
                let recovered = try await queue.recoverStalled()
                if recovered > 0 {
                    logger.warning("Offered jobs again whose worker was lost.", metadata: ["jobs": "\(recovered)"])
                }
                return false
            },
            loop("message sweep", "recover lost messages", every: .seconds(30)) {
                _ = try await logged("Made jobs of messages that had none.", "jobs", logger) {
                    try await scheduling.enqueueMessages()
                }
                return false
            },
            loop("failure telling", "tell people of failing checks", every: .seconds(10)) {
                _ = try await failures.tell()
                return false
            },
            OnceService(work: "keep the schedule of maintenance", logger: logger) {
                for scheduler in Maintenance.schedulers { try await queue.upsert(scheduler) }
            },
        ] + (backups.map { [$0] } ?? [])
    }

    /// One line for a turn that did something; `work` says how much.
    private static func logged(
        _ sentence: String,
        _ what: String,
        _ logger: Logger,
        _ work: () async throws -> Int
    ) async throws -> Int {
        let start = ContinuousClock.now
        let count = try await work()
        guard count > 0 else { return count }
        logger.info(
            "\(sentence)",
            metadata: [
                what: .stringConvertible(count), "outcome": "finished",
                "took.milliseconds": .stringConvertible((ContinuousClock.now - start).wholeMilliseconds),
            ]
        )
        return count
    }
}
