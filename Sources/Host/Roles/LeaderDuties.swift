import FoundationEssentials
import Logging
import Monitoring
import Queue
import SQL
import Store

/// What the scheduler that leads does besides making jobs of what is due.
///
/// All of it is refused with `LostLeadership` where the term is over: a process that was frozen goes on in the middle of what
/// it did, while another one leads.
struct LeaderDuties: Sendable {
    private let database: any Database
    private let queue: any Queue
    private let scheduling: Scheduling
    private let digests: DigestTurns
    private let backup: DailyBackup?
    private let logger: Logger

    init(_ app: App) {
        (database, queue, logger) = (app.database, app.queue, app.logger)
        (scheduling, digests) = (app.monitoring.scheduling, app.monitoring.digestTurns)
        backup = app.dailyBackup
    }

    /// Finds what the queue's server forgot and what was lost with its worker.
    func recover(in term: LeaderTerm) async throws {
        let ours = queue.fenced(by: term.fence(database))
        let hasForgotten = try await queue.restoreForgotten {
            try await scheduling.offerAgain(in: term)
            _ = try await scheduling.enqueueMessages(in: term)
            try await Maintenance.keep(in: ours)
        }
        if hasForgotten {
            logger.warning("The server of the queue began again or was emptied: what is due is added again.")
        }
        let recovered = try await ours.recoverStalled()
        if recovered > 0 {
            logger.warning("Offered jobs again whose worker was lost.", metadata: ["jobs": "\(recovered)"])
        }
    }

    /// Sees to it that maintenance and reports come when they are wanted.
    func keepSchedules(in term: LeaderTerm) async throws {
        try await Maintenance.keep(in: queue.fenced(by: term.fence(database)))
        try await digests.keep(in: term)
    }

    /// Makes the daily backup where it is due.
    func backUp(in term: LeaderTerm) async throws {
        try await backup?.makeIfDue(at: Date(), by: term.fence(database))
    }
}
