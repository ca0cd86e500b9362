/// When to tell a person about a product.
///
/// A state machine: only `armed` rules fire.
package struct Rule: Hashable, Sendable {
    package let id: ID<Rule>
    package let owner: ID<Account>
    package let product: ID<Product>
    package let kind: Kind
    package private(set) var state: State
    /// When the state was entered.
    package private(set) var since: Timestamp
    /// How often it fired; part of the message's key, so that one firing is one message.
    package private(set) var firings: Int

    package enum Kind: Hashable, Sendable {
        /// The best price is at or below this.
        case targetPrice(Money)
    }

    package enum State: String, Sendable, Codable, CaseIterable {
        case armed, fired
    }

    package init(
        id: ID<Rule>,
        owner: ID<Account>,
        product: ID<Product>,
        kind: Kind,
        state: State = .armed,
        since: Timestamp,
        firings: Int = 0
    ) {
        self.id = id
        self.owner = owner
        self.product = product
        self.kind = kind
        self.state = state
        self.since = since
        self.firings = firings
    }

    package enum Action: Hashable, Sendable {
        case nothing
        /// Tell the person; the state changed.
        case fire
        /// Ready to fire again; the state changed.
        case rearm
    }

    /// Takes in the lowest believed price at which the product can be bought now; nil when it can't be bought, which
    /// changes nothing: a product that comes back at the same price is no news.
    package mutating func bestPrice(_ best: Money?, now: Timestamp) -> Action {
        guard case .targetPrice(let target) = kind, let best, best.currency == target.currency else { return .nothing }
        switch state {
        case .armed where best.minor <= target.minor:
            enter(.fired, now)
            firings += 1
            return .fire
        case .fired where best.minor > Rule.rearmPrice(of: target).minor:
            enter(.armed, now)
            return .rearm
        case .armed, .fired:
            return .nothing
        }
    }

    /// A fired rule waits again once the price has been above this: the target plus one fiftieth (2 %).
    ///
    /// Without that margin a price that trembles around the target would be told again and again.
    package static func rearmPrice(of target: Money) -> Money {
        let (sum, isTooLarge) = target.minor.addingReportingOverflow(target.minor / 50)
        return Money(minor: isTooLarge ? .max : sum, currency: target.currency)
    }

    private mutating func enter(_ state: State, _ now: Timestamp) {
        self.state = state
        since = now
    }
}
