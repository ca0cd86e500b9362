import Model
import Monitoring

/// One alert as the lists show it: `alert-rows.mustache`.
struct AlertRow: Sendable, Hashable {
    /// `/alerts/…`, where its forms are sent.
    let path: String
    let sentence: String
    let badge: BadgeView
    /// Why it stands like this, a sentence or two.
    let why: String
    /// Whether it may be put to rest, or woken.
    let canSnooze: Bool
    let canWake: Bool
    /// The product and its page; nil on that page.
    let product: LinkView?
    /// The page that comes back after a form: `product` or `alerts`.
    let from: String

    struct LinkView: Sendable, Hashable {
        let name: String
        let path: String
    }

    /// `currency` is what the product's price is in now, where that is known.
    init(_ rule: Rule, product: Product?, currency: Currency? = nil, now: Timestamp) {
        path = "/alerts/\(rule.id)"
        sentence = rule.sentence
        self.product = product.map { LinkView(name: $0.name, path: "/products/\($0.id)") }
        from = product == nil ? "product" : "alerts"
        let condition = rule.condition(at: now)
        badge = Self.badge(condition, of: rule)
        why = Self.cannotCompare(rule, currency) ?? Self.why(rule, condition, now: now)
        switch condition {
        case .expired: (canSnooze, canWake) = (false, false)
        case .snoozed: (canSnooze, canWake) = (false, true)
        case .armed, .fired: (canSnooze, canWake) = (true, false)
        }
    }

    private static func badge(_ condition: Rule.Condition, of rule: Rule) -> BadgeView {
        switch condition {
        // What could be bought when it was set was never told.
        case .fired where rule.lastFired == nil && rule.kind == .backInStock: BadgeView(text: "Waiting", mood: "quiet")
        case .armed: BadgeView(text: "Waiting", mood: "quiet")
        case .fired: BadgeView(text: "Told", mood: "good")
        case .snoozed: BadgeView(text: "Snoozed", mood: "doubt")
        case .expired: BadgeView(text: "Expired", mood: "quiet")
        }
    }

    private static func why(_ rule: Rule, _ condition: Rule.Condition, now: Timestamp) -> String {
        switch condition {
        case .expired(let since):
            "Its last day was \((since - .milliseconds(1)).dayText). Give it another one, or remove it."
        case .snoozed(let until):
            "It tells nothing before \(TimeView(until, now: now).readable); what is still so then is told at the next check."
        case .armed: [waits(rule), rest(rule, now: now)].compactMap(\.self).joined(separator: " ")
        case .fired:
            [told(rule, now: now), waits(rule), rest(rule, now: now)].compactMap(\.self).joined(separator: " ")
        }
    }

    /// nil where its amount and the price are in the same currency.
    private static func cannotCompare(_ rule: Rule, _ currency: Currency?) -> String? {
        switch rule.kind {
        case .targetPrice(let amount), .dropAmount(let amount):
            guard let currency, currency != amount.currency else { return nil }
            return
                "The shop shows \(currency.code) now: that cannot be compared with \(MoneyText.full(amount)), and tells nothing."
        case .dropPercent, .lowest, .backInStock, .change: return nil
        }
    }

    private static func told(_ rule: Rule, now: Timestamp) -> String? {
        rule.lastFired.map { "You were told \(TimeView.relative(from: $0, to: now))." }
    }

    private static func waits(_ rule: Rule) -> String? {
        let reference = rule.reference.map(MoneyText.full)
        switch (rule.kind, rule.state) {
        case (.targetPrice, .armed), (.lowest, .armed): return nil
        case (.targetPrice(let target), .fired):
            return "It waits again once the price has been above \(MoneyText.full(Rule.rearmPrice(of: target)))."
        case (.lowest, .fired): return reference.map { "It tells the next one below \($0)." }
        case (.dropPercent, _), (.dropAmount, _):
            return reference.map { "Counted from \($0), the highest since it was set or told." }
        case (.change, _): return reference.map { "Counted from \($0)." }
        case (.backInStock, .armed): return "It could not be bought when it was last read."
        case (.backInStock, .fired): return "It is not sold out as far as is known; this waits until it is."
        }
    }

    /// nil once it may tell again.
    private static func rest(_ rule: Rule, now: Timestamp) -> String? {
        guard let coolDown = rule.coolDown, let last = rule.lastFired, last <= now, last + coolDown > now else {
            return nil
        }
        return "The next message can come \(TimeView.relative(from: last + coolDown, to: now))."
    }
}
