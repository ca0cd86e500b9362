import Logging
import Monitoring
import Operations
import ServiceLifecycle
import Store

/// Keeps this process the one that acts as scheduler, or ready to be it.
struct LeaderService: Service {
    let leadership: Leadership
    let heartbeats: Heartbeats
    let logger: Logger

    func run() async throws {
        try await TurnLoop(
            name: "leadership",
            work: "find out who leads",
            interval: Leadership.interval,
            heartbeats: heartbeats,
            logger: logger
        ) {
            tell(try await leadership.renew())
            return false
        }.run()
        do {
            try await leadership.resign()
        } catch {
            // Others wait for a lease then.
            logger.warning("Could not let another process lead.", metadata: ["error": "\(error)"])
        }
    }

    private func tell(_ change: Leadership.Change) {
        switch change {
        case .none: break
        case .won:
            logger.notice("This process acts as scheduler.", metadata: ["term": "\(leadership.term?.number ?? 0)"])
        case .lost: logger.warning("Another process acts as scheduler now.")
        }
    }
}
