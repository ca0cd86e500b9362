import Metrics

/// Shows how far behind the installation is.
struct Arrears: Sendable {
    private let listings: Gauge
    private let messages: Gauge

    init(metrics: any MetricsFactory = MetricsSystem.factory) {
        listings = Gauge(label: "host_due_listing_oldest_seconds", factory: metrics)
        messages = Gauge(label: "host_outbox_oldest_seconds", factory: metrics)
    }

    func record(_ waits: (listings: Duration, messages: Duration)) {
        listings.record(waits.listings / .seconds(1))
        messages.record(waits.messages / .seconds(1))
    }
}
