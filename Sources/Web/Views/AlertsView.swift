import Model
import Monitoring

/// Prices that wait for a word, all alerts, and quiet hours: `alerts.mustache`.
struct AlertsView: Sendable {
    let frame: PageFrame
    let formToken: String
    let doubts: [DoubtCard]
    let hasDoubts: Bool
    let alerts: [AlertRow]
    let hasAlerts: Bool
    let quiet: QuietView

    init(
        doubts: [Doubt],
        rules: [(rule: Rule, product: Product)],
        quiet: QuietView,
        now: Timestamp,
        frame: PageFrame,
        formToken: String
    ) {
        self.frame = frame
        self.formToken = formToken
        self.doubts = doubts.map { DoubtCard($0, now: now) }
        hasDoubts = !doubts.isEmpty
        alerts = rules.map { AlertRow($0.rule, product: $0.product, now: now) }
        hasAlerts = !alerts.isEmpty
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
    let days: [WindowView.DayView]
    /// As `<input type="time">` wants it: `22:00`.
    let from: String
    let to: String
    let zone: String
    let isSet: Bool
    let problem: String?

    private static let fields = ["days", "from", "to", "zone"]

    init(_ hours: CheckWindow?, entry: WindowEntry?, problem: RequestError?, zone: String) {
        sentence =
            hours.map { "Nothing is sent \($0.text). What happens then is told when they end." }
            ?? "You are told at any time."
        let chosen = entry?.days ?? (hours?.days ?? .all).words
        days = Weekdays.named.map { word, name, _ in
            WindowView.DayView(id: "quiet-\(word)", word: word, name: name, isChosen: chosen.contains(word))
        }
        from = entry?.from ?? CheckWindow.clock(hours?.from ?? 22 * 60)
        to = entry?.to ?? CheckWindow.clock(hours?.to ?? 7 * 60)
        self.zone = entry?.zone ?? hours?.zone ?? zone
        isSet = hours != nil
        self.problem = entry == nil ? nil : Self.fields.lazy.compactMap { problem?.sentence(for: $0) }.first
    }
}
