import FoundationEssentials
import Logging
import Model
import Monitoring
import Queue
import ServiceLifecycle

/// Makes jobs of what is due, finds what was lost, and tidies up.
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
            loop("recovery", "recover lost jobs and messages", every: min(.seconds(30), app.settings.workerLease)) {
                let recovered = try await queue.recoverStalled()
                if recovered > 0 {
                    logger.warning("Offered jobs again whose worker was lost.", metadata: ["jobs": "\(recovered)"])
                }
                _ = try await logged("Made jobs of messages that had none.", "jobs", logger) {
                    try await scheduling.enqueueMessages()
                }
                return false
            },
            loop("failure telling", "tell people of failing checks", every: .seconds(10)) {
                _ = try await failures.tell()
                return false
            },
            loop("tidying", "remove old lines of the log", every: .seconds(3600)) {
                _ = try await logged("Removed old lines of the check log.", "checks", logger) {
                    try await scheduling.tidy()
                }
                return false
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
