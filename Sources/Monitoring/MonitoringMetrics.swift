import Metrics
import Model
import Queue
import Synchronization

/// What is counted about checks and messages.
final class MonitoringMetrics: Sendable {
    private let checks: [Outcome: Counter]
    private let checkTime = Timer(label: "host_check_seconds")
    /// Whoever watches pages of thousands of shops would drown in as many series: the first ones count apart.
    private let sites = Mutex<[String: [Outcome: Counter]]>([:])
    private static let mostSites = 200

    init() {
        checks = Dictionary(
            uniqueKeysWithValues: Outcome.allCases.map { outcome in
                (outcome, Counter(label: "host_checks_total", dimensions: [("outcome", outcome.rawValue)]))
            }
        )
    }

    func checked(_ outcome: Outcome, of site: String, took: Duration) {
        checks[outcome]?.increment()
        counter(of: site, outcome).increment()
        checkTime.record(duration: took)
    }

    private func counter(of site: String, _ outcome: Outcome) -> Counter {
        sites.withLock { sites in
            let name = sites[site] != nil || sites.count < Self.mostSites ? site : "other"
            if let known = sites[name]?[outcome] { return known }
            let made = Counter(
                label: "host_site_checks_total",
                dimensions: [("site", name), ("outcome", outcome.rawValue)]
            )
            sites[name, default: [:]][outcome] = made
            return made
        }
    }

    func delivered(by plugin: String, _ end: JobEnd) {
        let outcome =
            switch end {
            case .finished: "delivered"
            case .tryAgain: "postponed"
            case .giveUp: "refused"
            case .giveBack: "returned"
            }
        // Made when it is needed: which plugins there are is not known here, and messages are rare.
        Counter(label: "host_messages_total", dimensions: [("plugin", plugin), ("outcome", outcome)]).increment()
    }
}
