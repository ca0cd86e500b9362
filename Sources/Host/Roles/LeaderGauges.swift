import Metrics
import Monitoring

/// Shows which scheduler acts, and how far behind the installation is: one that does not act knows nothing of that.
///
/// What it shows may not depend on an answer of the database: a leader that can't reach it leads no more when its time is
/// over.
struct LeaderGauges: Sendable {
    private let leadership: Leadership
    private let arrears: Arrears
    private let leads: Gauge

    init(_ leadership: Leadership, _ arrears: Arrears, metrics: any MetricsFactory = MetricsSystem.factory) {
        (self.leadership, self.arrears) = (leadership, arrears)
        leads = Gauge(label: "host_scheduler_leads", factory: metrics)
    }

    func show() {
        let isLeading = leadership.term != nil
        leads.record(isLeading ? 1 : 0)
        if !isLeading { arrears.record((.zero, .zero)) }
    }
}
