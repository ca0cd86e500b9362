import Metrics
import Model
import Queue

/// What is counted about checks and messages.
final class MonitoringMetrics: Sendable {
    private let checks: [Outcome: Counter]
    private let checkTime = Timer(label: "host_check_seconds")

    init() {
        checks = Dictionary(
            uniqueKeysWithValues: Outcome.allCases.map { outcome in
                (outcome, Counter(label: "host_checks_total", dimensions: [("outcome", outcome.rawValue)]))
            }
        )
    }

    func checked(_ outcome: Outcome, took: Duration) {
        checks[outcome]?.increment()
        checkTime.record(duration: took)
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
