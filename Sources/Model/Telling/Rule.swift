/// When to tell a person about a product.
///
/// A state machine. What it waits for is looked at after each check whose price is believed: a rule that may not tell at
/// that moment, being snoozed or cooling down, tells later if it is still so then.
package struct Rule: Hashable, Sendable {
    package let id: ID<Rule>
    package let owner: ID<Account>
    package let product: ID<Product>
    package let kind: Kind
    /// The least time between two tellings; nil for none.
    package let coolDown: Duration?
    /// From then on it tells nothing any more, the end of a day; nil for never.
    package let expires: Timestamp?
    /// Until then it tells nothing; nil while it is awake.
    package let snoozedUntil: Timestamp?
    package private(set) var state: State
    /// When the state was entered.
    package private(set) var since: Timestamp
    /// How often it fired; part of the message's key, so that one firing is one message.
    package private(set) var firings: Int
    /// When it fired last.
    package private(set) var lastFired: Timestamp?
    /// What a change is measured against: for a drop the highest price since it was set or told, else the price that was
    /// told last.
    package private(set) var reference: Money?

    package enum Kind: Hashable, Sendable {
        /// The best price is at or below this.
        case targetPrice(Money)
        /// The best price is so many percent below the highest since it was set or told, 1…99.
        case dropPercent(Int)
        /// The best price is by so much below the highest since it was set or told.
        case dropAmount(Money)
        /// The best price is lower than all before it in so many days, 1…3650; nil for ever.
        case lowest(days: Int?)
        /// It can be bought again.
        case backInStock
        /// The best price is another one, up or down.
        case change
    }

    package enum State: String, Sendable, Codable, CaseIterable {
        case armed, fired
    }

    package init(
        id: ID<Rule>,
        owner: ID<Account>,
        product: ID<Product>,
        kind: Kind,
        coolDown: Duration? = nil,
        expires: Timestamp? = nil,
        snoozedUntil: Timestamp? = nil,
        state: State = .armed,
        since: Timestamp,
        firings: Int = 0,
        lastFired: Timestamp? = nil,
        reference: Money? = nil
    ) {
        self.id = id
        self.owner = owner
        self.product = product
        self.kind = kind
        self.coolDown = coolDown
        self.expires = expires
        self.snoozedUntil = snoozedUntil
        self.state = state
        self.since = since
        self.firings = firings
        self.lastFired = lastFired
        self.reference = reference
    }

    /// How it stands to a person: what ended, or rests, comes before what it waits for.
    package enum Condition: Hashable, Sendable {
        case expired(since: Timestamp)
        case snoozed(until: Timestamp)
        case fired(since: Timestamp)
        case armed
    }

    package func condition(at now: Timestamp) -> Condition {
        if let expires, expires <= now { return .expired(since: expires) }
        if let snoozedUntil, snoozedUntil > now { return .snoozed(until: snoozedUntil) }
        return state == .fired ? .fired(since: since) : .armed
    }

    /// Whether it may tell something now.
    private func mayTell(at now: Timestamp) -> Bool {
        switch condition(at: now) {
        case .expired, .snoozed: return false
        case .armed, .fired:
            guard let coolDown, let lastFired else { return true }
            // One that lies ahead was written by a clock that was set back since.
            return lastFired > now || now - lastFired >= coolDown
        }
    }

    package enum Action: Hashable, Sendable {
        case nothing
        /// Tell the person; the state changed.
        case fire
        /// Ready to fire again, or measured against another price from now on; the state changed.
        case keep
    }

    /// Takes in what is believed of the product now.
    package mutating func see(_ sight: Sight, now: Timestamp) -> Action {
        switch kind {
        case .targetPrice(let target): seeTarget(target, sight.best, now)
        case .dropPercent(let percent): seeDrop(sight.best, now) { Self.reduced($0, byPercent: percent) }
        case .dropAmount(let amount): seeDrop(sight.best, now) { Self.reduced($0, by: amount) }
        case .lowest: seeLowest(sight, now)
        case .backInStock: seeStock(sight, now)
        case .change: seeChange(sight.best, now)
        }
    }

    /// What a rule looks at.
    package struct Sight: Hashable, Sendable {
        /// The lowest believed price at which the product can be bought now; nil when it can't be, or nobody knows.
        package let best: Money?
        /// Whether every shop that was read says that it can't be bought.
        package let isOutOfStock: Bool
        /// The lowest believed price before the best one began, in the rule's days; nil where there was none, or too little
        /// is known for the best one to be called low.
        package let lowBefore: Money?

        package init(best: Money?, isOutOfStock: Bool = false, lowBefore: Money? = nil) {
            self.best = best
            self.isOutOfStock = isOutOfStock
            self.lowBefore = lowBefore
        }
    }

    /// A price is called low only after so many days of prices, or as many as its rule compares with.
    package static let leastDaysOfLow = 7

    /// A fired rule waits again once the price has been above this: what it told plus one fiftieth (2 %).
    ///
    /// Without that margin a price that trembles around the target would be told again and again.
    package static func rearmPrice(of target: Money) -> Money {
        let (sum, isTooLarge) = target.minor.addingReportingOverflow(target.minor / 50)
        return Money(minor: isTooLarge ? .max : sum, currency: target.currency)
    }
}

extension Rule {
    /// Stands again as before it fired, for nobody was told: what it tells next is measured from there.
    ///
    /// `fired` are its last firings, oldest first, all of them untold. How often it fired goes on, being part of the next
    /// message's key. The highest price since then still counts for a drop.
    package mutating func takeBack(_ fired: [FiredRule]) {
        guard let first = fired.first, fired.last?.firing == firings else { return }
        (state, since, lastFired) = (first.state, first.since, first.lastFired)
        switch kind {
        case .dropPercent, .dropAmount:
            let marks = (fired.map(\.reference) + [reference]).compactMap(\.self)
            reference = marks.filter { $0.currency == reference?.currency }.max { $0.minor < $1.minor } ?? reference
        case .targetPrice, .lowest, .backInStock, .change: reference = first.reference
        }
    }

    /// Out of stock changes nothing: a product that comes back at the same price is no news.
    private mutating func seeTarget(_ target: Money, _ best: Money?, _ now: Timestamp) -> Action {
        guard let best, best.currency == target.currency else { return .nothing }
        switch state {
        case .armed where best.minor <= target.minor: return fire(now)
        case .fired where best.minor > Self.rearmPrice(of: target).minor: return rearm(now)
        case .armed, .fired: return .nothing
        }
    }

    private mutating func seeDrop(_ best: Money?, _ now: Timestamp, _ goal: (Money) -> Money?) -> Action {
        guard let best else { return .nothing }
        guard let reference, reference.currency == best.currency, best.minor <= reference.minor else {
            return measure(against: best, now)
        }
        guard best.minor < reference.minor, let goal = goal(reference), best.minor <= goal.minor else {
            return .nothing
        }
        return fire(now, against: best)
    }

    private mutating func seeLowest(_ sight: Sight, _ now: Timestamp) -> Action {
        guard let best = sight.best else { return .nothing }
        if let told = reference, state == .fired, told.currency == best.currency {
            if best.minor > Self.rearmPrice(of: told).minor { return rearm(now) }
            guard best.minor < told.minor else { return .nothing }
        }
        guard let low = sight.lowBefore, low.currency == best.currency, best.minor < low.minor else { return .nothing }
        return fire(now, against: best)
    }

    private mutating func seeStock(_ sight: Sight, _ now: Timestamp) -> Action {
        switch state {
        case .armed where sight.best != nil: fire(now)
        case .fired where sight.best == nil && sight.isOutOfStock: rearm(now)
        case .armed, .fired: .nothing
        }
    }

    private mutating func seeChange(_ best: Money?, _ now: Timestamp) -> Action {
        guard let best, best != reference else { return .nothing }
        // Another currency is no move of the price.
        guard reference?.currency == best.currency else { return measure(against: best, now) }
        return fire(now, against: best)
    }

    private mutating func fire(_ now: Timestamp, against price: Money? = nil) -> Action {
        guard mayTell(at: now) else { return .nothing }
        enter(.fired, now)
        firings += 1
        lastFired = now
        if let price { reference = price }
        return .fire
    }

    private mutating func rearm(_ now: Timestamp) -> Action {
        enter(.armed, now)
        return .keep
    }

    private mutating func measure(against price: Money, _ now: Timestamp) -> Action {
        guard reference != price else { return .nothing }
        reference = price
        if state == .fired { enter(.armed, now) }
        return .keep
    }

    private mutating func enter(_ state: State, _ now: Timestamp) {
        self.state = state
        since = now
    }

    /// Rounded down: a drop is never told before it is reached.
    private static func reduced(_ money: Money, byPercent percent: Int) -> Money? {
        let (whole, rest) = money.minor.quotientAndRemainder(dividingBy: 100)
        return Money(minor: whole * (100 - percent) + rest * (100 - percent) / 100, currency: money.currency)
    }

    private static func reduced(_ money: Money, by amount: Money) -> Money? {
        guard amount.currency == money.currency, amount.minor <= money.minor else { return nil }
        return Money(minor: money.minor - amount.minor, currency: money.currency)
    }
}
