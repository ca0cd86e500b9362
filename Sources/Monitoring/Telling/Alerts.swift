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
    /// `.conflict` when the product has the same already, or has a target price and this is another one.
    package func add(_ entry: AlertEntry, to id: ID<Product>, as actor: Actor) async throws -> ID<Rule> {
        try actor.mayWrite()
        let now = now()
        return try await database.transaction { connection in
            let product = try connection.product(id, of: actor)
            let ground = try RuleGround(of: id, on: connection)
            let terms = try entry.terms(currency: ground.currency, now: now)
            try ground.refuseTwin(of: terms.kind)
            guard ground.rules.count < Self.mostRules else {
                throw RequestError.invalid(field: "kind", "A product can have at most \(Self.mostRules) alerts.")
            }
            let start = ground.start(of: terms.kind)
            let rule = Rule(
                id: .make(at: now),
                owner: product.owner,
                product: product.id,
                kind: terms.kind,
                coolDown: terms.coolDown,
                expires: terms.expires,
                state: start.state,
                since: now,
                reference: start.reference
            )
            try connection.insert(rule)
            return rule.id
        }
    }

    /// Changes a rule.
    ///
    /// Another condition is waited for anew, as if the rule had just been added; only its rest since the last message goes
    /// on, so that it never tells more often than it says. Where the condition stays, so does how it stands. Throws as
    /// `add` does.
    package func change(_ id: ID<Rule>, to entry: AlertEntry, as actor: Actor) async throws {
        try actor.mayWrite()
        let now = now()
        try await database.transaction(.locking) { connection in
            // A check that fires it meanwhile would be forgotten.
            let rule = try connection.rule(id, of: actor, isLocked: true)
            let ground = try RuleGround(of: rule.product, on: connection)
            let terms = try entry.terms(currency: ground.currency, changing: rule, now: now)
            try ground.refuseTwin(of: terms.kind, besides: id)
            let start = ground.start(of: terms.kind)
            let isSame = terms.kind == rule.kind
            try connection.update(
                Rule(
                    id: id,
                    owner: rule.owner,
                    product: rule.product,
                    kind: terms.kind,
                    coolDown: terms.coolDown,
                    expires: terms.expires,
                    snoozedUntil: rule.snoozedUntil,
                    state: isSame ? rule.state : start.state,
                    since: isSame ? rule.since : now,
                    // They go on: they are part of the next message's key.
                    firings: rule.firings,
                    lastFired: rule.lastFired,
                    reference: isSame ? rule.reference : start.reference
                )
            )
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

    /// The most rules that are listed at once.
    package static let mostListed = 500

    /// The rules of the actor with the names of their products, newest first, at most `mostListed`.
    package func rules(as actor: Actor) async throws -> [(rule: Rule, product: Product)] {
        try await database.read { connection in
            try connection.rules(of: actor.account, limit: Self.mostListed).compactMap { rule in
                try connection.product(rule.product).map { (rule, $0) }
            }
        }
    }

    package func rule(_ id: ID<Rule>, as actor: Actor) async throws -> Rule {
        try await database.read { try $0.rule(id, of: actor) }
    }

    package func ruleWithProduct(_ id: ID<Rule>, as actor: Actor) async throws -> (rule: Rule, product: Product) {
        try await database.read { connection in
            let rule = try connection.rule(id, of: actor)
            return (rule, try connection.product(rule.product, of: actor))
        }
    }

    /// When the actor is not told; nil for never.
    package func quietHours(as actor: Actor) async throws -> WeeklyHours? {
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
    package func setQuietHours(_ entry: WeeklyHoursEntry?, as actor: Actor) async throws {
        try actor.mayWrite()
        let now = now()
        let hours = try entry?.hours(zones: zones)
        if let hours, hours.from == hours.to {
            throw RequestError.invalid(field: "to", "Quiet hours must end at another time than they begin.")
        }
        try await database.transaction { connection in
            try connection.setQuietHours(hours, of: actor.account)
            try connection.releaseMessages(to: actor.account, now: now)
        }
    }
}

extension Connection {
    /// Throws unless the rule is there and the actor's.
    fileprivate func rule(_ id: ID<Rule>, of actor: Actor, isLocked: Bool = false) throws -> Rule {
        guard let rule = try isLocked ? lockedRule(id) : rule(id), rule.owner == actor.account else {
            throw RequestError.notFound("There is no such alert. It may have been removed.")
        }
        return rule
    }
}
