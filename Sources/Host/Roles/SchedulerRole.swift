import FoundationEssentials
import Logging
import Model
import Monitoring
import Queue
import ServiceLifecycle
import Store

/// Makes jobs of what is due, finds what was lost, and sees to maintenance.
enum SchedulerRole {
    /// Small enough that other writers get a turn between two batches, and that one is taken from a million listings in under 20 ms.
    private static let batch = 250

    static func services(_ app: App) -> [any Service] {
        let leadership = Leadership(
            part: "scheduler",
            holder: ProcessMark.own,
            database: app.database,
            isGone: ProcessMark.isGone
        )
        let (scheduling, failures, queue) = (app.monitoring.scheduling, app.monitoring.failures, app.queue)
        let digests = app.monitoring.digestTurns
        let (duties, logger) = (LeaderDuties(app), app.logger)
        let (arrears, watchdog) = (Arrears(), QueueWatchdog(queue: queue, logger: logger))
        let gauges = LeaderGauges(leadership, arrears)
        let digestBell = Bell()
        func loop(
            _ name: String,
            _ work: String,
            every interval: Duration,
            bell: Bell? = nil,
            _ turn: @escaping @Sendable (LeaderTerm) async throws -> Bool
        ) -> TurnLoop {
            TurnLoop(
                name: name,
                work: work,
                interval: interval,
                heartbeats: app.heartbeats,
                logger: logger,
                isOurs: { leadership.term != nil },
                bell: bell
            ) {
                guard let term = leadership.term else { return false }
                do {
                    return try await turn(term)
                } catch is LostLeadership {
                    // Whoever leads now does it; that another one does is told elsewhere.
                    return false
                }
            }
        }
        let backups = app.dailyBackup.map { _ in
            loop("backups", "make the daily backup", every: .seconds(3600)) { term in
                try await duties.backUp(in: term)
                return false
            }
        }
        return [
            loop("scheduler", "make jobs of due listings", every: .milliseconds(500)) { term in
                try await logged("Made jobs of due listings.", "jobs", logger) {
                    try await scheduling.enqueueDue(limit: batch, in: term)
                } >= batch
            },
            loop("recovery", "recover lost jobs", every: min(.seconds(5), app.settings.queue.lease / 4)) { term in
                try await duties.recover(in: term)
                return false
            },
            loop("message sweep", "recover lost messages", every: .seconds(30)) { term in
                _ = try await logged("Made jobs of messages that had none.", "jobs", logger) {
                    try await scheduling.enqueueMessages(in: term)
                }
                return false
            },
            loop("failure telling", "tell people of failing checks", every: .seconds(10)) { term in
                _ = try await failures.tell(in: term)
                return false
            },
            loop("reports", "make the reports that are due", every: .seconds(2)) { term in
                _ = try await digests.turn(in: term)
                return false
            },
            // Again and again: a queue that was emptied, or changed by others, gets them back, and what a person changed
            // about a report counts within seconds.
            loop("maintenance", "keep the schedule of maintenance", every: .seconds(5), bell: digestBell) { term in
                try await duties.keepSchedules(in: term)
                return false
            },
            loop("arrears", "measure what waits", every: .seconds(10)) { _ in
                arrears.record(try await scheduling.arrears())
                return false
            },
            loop("watchdog", "look whether jobs are taken", every: .seconds(30)) { _ in
                try await watchdog.look()
                return false
            },
            // Whoever acts.
            TurnLoop(
                name: "leader gauges",
                work: "show which scheduler acts",
                interval: .seconds(1),
                heartbeats: app.heartbeats,
                logger: logger
            ) {
                gauges.show()
                return false
            },
            NewsEar {
                app.database.digestNews
            } hear: {
                digestBell.ring()
            },
            LeaderService(leadership: leadership, heartbeats: app.heartbeats, logger: logger),
        ] + (app.settings.roles.contains(.worker) ? [] : [QueueWatch.loop(app)]) + (backups.map { [$0] } ?? [])
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
