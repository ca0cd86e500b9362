import Logging
import Model
import Monitoring
import Operations
import Queue

/// Looks now and then whether what a process relies on is as it should be: the server of the queue, which may have been
/// away at the start or be another one by now, and this machine's clock.
struct Surroundings: Sendable {
    /// nil when the database holds the jobs.
    let redis: RedisQueue?
    let scheduling: Scheduling
    let logger: Logger
    private let hasOtherClock = ChangeFlag()

    /// By how much clocks may differ before somebody is told.
    static let tolerance: Duration = .seconds(30)

    init(redis: RedisQueue?, scheduling: Scheduling, logger: Logger) {
        (self.redis, self.scheduling, self.logger) = (redis, scheduling, logger)
    }

    static func loop(_ app: App) -> TurnLoop {
        let surroundings = Surroundings(redis: app.redis, scheduling: app.monitoring.scheduling, logger: app.logger)
        return TurnLoop(
            name: "surroundings",
            work: "look at the queue's server and the clock",
            interval: .seconds(15),
            heartbeats: app.heartbeats,
            logger: app.logger
        ) {
            try await surroundings.look()
            return false
        }
    }

    func look() async throws {
        for warning in try await redis?.examineIfNew() ?? [] { logger.warning("\(warning)") }
        let difference = try await scheduling.clockDifference()
        let isOther = difference > Self.tolerance || difference < .zero - Self.tolerance
        guard hasOtherClock.change(to: isOther) else { return }
        if isOther {
            logger.warning(
                "The clock of this machine is not the database's, by which is due what is due: set both by one time server.",
                metadata: ["ahead.seconds": .stringConvertible(Int(difference / .seconds(1)))]
            )
        } else {
            logger.notice("The clock of this machine is the database's again.")
        }
    }
}
