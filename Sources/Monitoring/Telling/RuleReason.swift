import Model

/// A rule that fired, and what it fired on.
struct RuleReason: Sendable {
    let rule: Rule
    /// The rule as it was before.
    let before: Rule
    /// Where it is cheapest.
    let listing: Listing
    /// What it costs there.
    let price: Money
    /// What it cost before, as the rule counts; nil where that is not known, or nothing that compares.
    let previous: Money?
    /// Since when the history knows prices, for a rule that compares with them.
    let watchedSince: Timestamp?

    init(rule: Rule, before: Rule, listing: Listing, price: Money, previous: Money?, watchedSince: Timestamp?) {
        self.rule = rule
        self.before = before
        self.listing = listing
        self.price = price
        self.previous = previous.flatMap { $0.currency == price.currency && $0 != price ? $0 : nil }
        self.watchedSince = watchedSince
    }

    var fired: FiredRule { FiredRule(before, firing: rule.firings) }

    /// The least comes first: what a person waits for most, and of equals what says more.
    var weight: (Int, Int) {
        switch rule.kind {
        case .targetPrice(let target): (0, target.minor)
        case .backInStock: (1, 0)
        case .lowest(let days): (2, -(days ?? .max))
        case .dropPercent(let percent): (3, -percent)
        case .dropAmount(let amount): (4, -amount.minor)
        case .change: (5, 0)
        }
    }
}
