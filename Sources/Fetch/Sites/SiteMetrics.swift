import Metrics

/// Counts of what our own rules kept from being asked: `host_fetch_refusals_total` by reason, and
/// `host_fetch_closed_sites` by reason.
struct SiteMetrics: Sendable {
    enum Reason: String, CaseIterable, Hashable, Sendable {
        case robots, breaker
        case retryAfter = "retry_after"
    }

    private let refusals: [Reason: Counter]
    private let closed: [Reason: Gauge]

    /// Made once: a metric object looks its name up.
    init() {
        refusals = Dictionary(
            uniqueKeysWithValues: Reason.allCases.map {
                ($0, Counter(label: "host_fetch_refusals_total", dimensions: [("reason", $0.rawValue)]))
            }
        )
        closed = Dictionary(
            uniqueKeysWithValues: [Reason.breaker, .retryAfter].map {
                ($0, Gauge(label: "host_fetch_closed_sites", dimensions: [("reason", $0.rawValue)]))
            }
        )
    }

    func refused(_ reason: Reason) { refusals[reason]?.increment() }

    func saw(_ view: SiteView) {
        var counts: [Reason: Int] = [.breaker: 0, .retryAfter: 0]
        for state in view.states.values {
            switch state.gate(at: view.now) {
            case .open: break
            case .closed: counts[.retryAfter, default: 0] += 1
            case .broken, .halfOpen: counts[.breaker, default: 0] += 1
            }
        }
        for (reason, count) in counts { closed[reason]?.record(count) }
    }
}
