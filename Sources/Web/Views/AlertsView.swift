import Model
import Monitoring

/// Prices that wait for a word, all alerts, and quiet hours: `alerts.mustache`.
struct AlertsView: Sendable {
    let frame: PageFrame
    let formToken: String
    /// That messages do not arrive; nil while they do.
    let undelivered: UndeliveredView?
    let doubts: [DoubtCard]
    let hasDoubts: Bool
    let alerts: [AlertRow]
    let hasAlerts: Bool
    /// That there are more than stand here, a sentence.
    let moreAlerts: String?
    let quiet: QuietView

    init(
        doubts: [Doubt],
        rules: [(rule: Rule, product: Product)],
        quiet: QuietView,
        broken: [String] = [],
        now: Timestamp,
        frame: PageFrame,
        formToken: String
    ) {
        self.frame = frame
        self.formToken = formToken
        undelivered = UndeliveredView(broken)
        self.doubts = doubts.map { DoubtCard($0, now: now) }
        hasDoubts = !doubts.isEmpty
        alerts = rules.map { AlertRow($0.rule, product: $0.product, now: now) }
        hasAlerts = !alerts.isEmpty
        moreAlerts =
            rules.count < Alerts.mostListed
            ? nil : "These are the newest \(Alerts.mostListed). Older ones stand on the pages of their products."
        self.quiet = quiet
    }
}

/// A price that is doubted, and the two answers.
struct DoubtCard: Sendable, Hashable {
    /// `/doubts/…`, where the answers are sent.
    let path: String
    let name: String
    let product: String
    let shop: String
    /// The shop's page, to see for oneself.
    let address: String
    /// `Was €499.00, now €4.99`.
    let question: String
    let why: String
    /// Since when and how often it was read, and when it is read again, a sentence or two.
    let course: String
    /// The texts that it was read from.
    let evidence: [EvidenceRow]

    init(_ doubt: Doubt, now: Timestamp) {
        path = "/doubts/\(doubt.run.id)"
        name = doubt.product.name
        product = "/products/\(doubt.product.id)"
        shop = doubt.listing.address.site
        address = doubt.listing.address.text
        let read = doubt.run.price.map(MoneyText.full) ?? "no price"
        question = doubt.believed.map { "Was \(MoneyText.full($0)), now \(read)" } ?? "Now \(read)"
        why = doubt.run.doubt ?? "It did not look right."
        let checks = doubt.run.checks == 1 ? "once" : "\(doubt.run.checks) times"
        let next =
            doubt.listing.isPaused
            ? "It is paused."
            : doubt.listing.due <= now
                ? "It is read again now." : "It is read again \(TimeView.relative(from: doubt.listing.due, to: now))."
        course = "Read \(checks) since \(TimeView(doubt.run.from, now: now).readable). \(next)"
        evidence = doubt.run.evidence.filter { $0.field == .price }.map(EvidenceRow.init)
    }
}

/// The form of the quiet hours.
struct QuietView: Sendable {
    /// How they stand, a sentence.
    let sentence: String
    let hours: WeeklyHoursView
    let isSet: Bool

    init(_ hours: WeeklyHours?, entry: WeeklyHoursEntry?, problem: RequestError?, zone: String) {
        sentence =
            hours.map { "Nothing is sent \($0.text). What happens then is told when they end." }
            ?? "You are told at any time."
        self.hours = WeeklyHoursView(
            key: "quiet",
            hours,
            entry: entry,
            problem: problem,
            offered: WeeklyHoursEntry(days: .all, from: 22 * 60, to: 7 * 60, zone: zone)
        )
        isSet = hours != nil
    }
}
