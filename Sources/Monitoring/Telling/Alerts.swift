package import Model
import SQL
import Store

/// When people are told: rules of products, and hours in which nobody is.
package struct Alerts: Sendable {
    let database: any Database
    let outbox: Outbox
    let zones: ZoneSource
    let homeZone: String
    let now: @Sendable () -> Timestamp

    /// More on one product is a slip of a program.
    private static let mostRules = 20

    /// Adds a rule to a product; gives its id.
    ///
    /// What is met already is told at the next check. Throws `.invalid` for `kind`, `value`, `coolDown` or `until`, and
    /// `.conflict` when the product has the same already.
    package func add(_ entry: AlertEntry, to id: ID<Product>, as actor: Actor) async throws -> ID<Rule> {
        try actor.mayWrite()
        let now = now()
        return try await database.transaction { connection in
            let product = try connection.product(id, of: actor)
            let listings = try connection.listings(of: id)
            let alive = listings.filter(\.isAlive)
            let best = Best(alive)
            let isSoldOut =
                alive.contains { $0.current != nil }
                && alive.compactMap(\.current).allSatisfy { $0.availability.canBeBought == false }
            let currency = best?.price.currency ?? listings.compactMap { $0.current?.price?.currency }.first
            let terms = try entry.terms(currency: currency, now: now)
            let rules = try connection.rules(of: id)
            guard !rules.contains(where: { $0.kind == terms.kind }) else {
                throw RequestError.conflict("This product has the same alert already.", existing: id.text)
            }
            guard rules.count < Self.mostRules else {
                throw RequestError.invalid(field: "kind", "A product can have at most \(Self.mostRules) alerts.")
            }
            // One target price at a time: the new one takes the old one's place.
            if case .targetPrice = terms.kind { try connection.deleteTargetPrices(of: id) }
            let rule = Rule(new: terms, of: product, best: best?.price, isSoldOut: isSoldOut, now: now)
            try connection.insert(rule)
            return rule.id
        }
    }

    package func remove(_ id: ID<Rule>, as actor: Actor) async throws {
        try actor.mayWrite()
        try await database.transaction { connection in
            _ = try connection.rule(id, of: actor)
            try connection.deleteRule(id)
        }
    }

    /// Rests for `span`, a minute to a year; nil wakes it.
    ///
    /// Throws `.invalid` for `seconds`.
    package func snooze(_ id: ID<Rule>, for span: Duration?, as actor: Actor) async throws {
        try actor.mayWrite()
        if let span, !(.minutes(1)...Duration.days(366)).contains(span) {
            throw RequestError.invalid(field: "seconds", "An alert can rest for a minute to a year.")
        }
        let now = now()
        try await database.transaction { connection in
            _ = try connection.rule(id, of: actor)
            try connection.snooze(id, until: span.map { now + $0 })
        }
    }

    /// All rules of the actor with the names of their products, newest first, at most 500.
    package func rules(as actor: Actor) async throws -> [(rule: Rule, product: Product)] {
        try await database.read { connection in
            try connection.rules(of: actor.account, limit: 500).compactMap { rule in
                try connection.product(rule.product).map { (rule, $0) }
            }
        }
    }

    package func rule(_ id: ID<Rule>, as actor: Actor) async throws -> Rule {
        try await database.read { try $0.rule(id, of: actor) }
    }

    /// When the actor is not told; nil for never.
    package func quietHours(as actor: Actor) async throws -> CheckWindow? {
        try await database.read { try $0.quietHours(of: actor.account) }
    }

    /// The time zone to offer: of the quiet hours, else the one chosen last, else that of the machine.
    package func zone(as actor: Actor) async throws -> String {
        let homeZone = homeZone
        return try await database.read { connection in
            try connection.quietHours(of: actor.account)?.zone ?? connection.windowZone(of: actor.account) ?? homeZone
        }
    }

    /// What would be told in these hours is held until they end.
    ///
    /// What is held when they are set is delivered within half a minute. Test messages and reports come at any time. nil
    /// for none. Throws `.invalid` for `days`, `from`, `to` or `zone`.
    package func setQuietHours(_ entry: WindowEntry?, as actor: Actor) async throws {
        try actor.mayWrite()
        let hours = try entry?.window(zones: zones)
        if let hours, hours.from == hours.to {
            throw RequestError.invalid(field: "to", "Quiet hours must end at another time than they begin.")
        }
        try await database.transaction { connection in
            try connection.setQuietHours(hours, of: actor.account)
            try connection.releaseMessages(to: actor.account)
        }
    }
}

extension Connection {
    /// Throws unless the rule is there and the actor's.
    fileprivate func rule(_ id: ID<Rule>, of actor: Actor) throws -> Rule {
        guard let rule = try rule(id), rule.owner == actor.account else {
            throw RequestError.notFound("There is no such alert. It may have been removed.")
        }
        return rule
    }
}

extension Rule {
    /// As it begins: what it is measured against is what is believed now, and what is not known to be sold out has to be
    /// so before it can come back.
    fileprivate init(new terms: AlertEntry.Terms, of product: Product, best: Money?, isSoldOut: Bool, now: Timestamp) {
        let isMeasured =
            switch terms.kind {
            case .dropPercent, .dropAmount, .change: true
            case .targetPrice, .lowest, .backInStock: false
            }
        self.init(
            id: .make(at: now),
            owner: product.owner,
            product: product.id,
            kind: terms.kind,
            coolDown: terms.coolDown,
            expires: terms.expires,
            state: terms.kind == .backInStock && !isSoldOut ? .fired : .armed,
            since: now,
            reference: isMeasured ? best : nil
        )
    }
}
