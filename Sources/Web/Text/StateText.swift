import Model

/// How a product stands, in a word or two.
enum StateText {
    /// The most important thing to know, if there is one: trouble first, then the target, then stock.
    static func badge(_ listing: Listing, rules: [Rule]) -> BadgeView? {
        if listing.isPaused { return BadgeView(text: "Paused", mood: "quiet") }
        if let outcome = listing.lastOutcome, !outcome.isReading {
            let words = OutcomeText(outcome)
            return BadgeView(text: words.badge, mood: words.mood)
        }
        if let target = rules.target, target.rule.state == .fired,
            listing.current?.payable?.currency == target.price.currency
        {
            return BadgeView(text: "Target reached", mood: "good")
        }
        guard let current = listing.current else { return BadgeView(text: "First check due", mood: "quiet") }
        return stock(current.availability)
    }

    /// Since when its checks fail; nil where they do not, or where only the last one did.
    static func failing(_ listing: Listing, now: Timestamp) -> String? {
        guard !listing.isPaused, let failing = listing.failing, failing.isFailing, listing.failures > 1 else {
            return nil
        }
        return "since \(failing.since.dayText)"
    }

    /// nil for what is as it should be, or not known.
    static func stock(_ availability: Availability) -> BadgeView? {
        switch availability {
        case .inStock, .unknown: nil
        case .outOfStock, .discontinued: BadgeView(text: ReadingText.availability(availability), mood: "quiet")
        case .limited, .preorder, .backorder: BadgeView(text: ReadingText.availability(availability), mood: "doubt")
        }
    }

    /// What stands where a price would.
    static func noPrice(_ listing: Listing?) -> String {
        guard let current = listing?.current else { return "No price yet" }
        return current.availability.canBeBought == false ? ReadingText.availability(current.availability) : "No price"
    }
}

extension [Rule] {
    /// The rule about a target price, and that price; nil where there is none.
    var target: (rule: Rule, price: Money)? {
        for case let rule in self {
            if case .targetPrice(let price) = rule.kind { return (rule, price) }
        }
        return nil
    }
}
