import Logging
import Metrics
import Monitoring
import Operations
import ServiceLifecycle
import Store

/// Keeps this process the one that acts as scheduler, or ready to be it.
struct LeaderService: Service {
    let leadership: Leadership
    let heartbeats: Heartbeats
    let logger: Logger
    private let leads: Gauge

    init(
        _ leadership: Leadership,
        heartbeats: Heartbeats,
        logger: Logger,
        metrics: any MetricsFactory = MetricsSystem.factory
    ) {
        (self.leadership, self.heartbeats, self.logger) = (leadership, heartbeats, logger)
        leads = Gauge(label: "host_scheduler_leads", factory: metrics)
    }

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
        leads.record(leadership.term == nil ? 0 : 1)
        switch change {
        case .none: break
        case .won:
            logger.notice("This process acts as scheduler.", metadata: ["term": "\(leadership.term?.number ?? 0)"])
        case .lost: logger.warning("Another process acts as scheduler now.")
        }
    }
}
