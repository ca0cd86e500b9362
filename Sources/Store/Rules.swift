package import Model
package import SQL

extension Connection {
    package func insert(_ rule: Rule) throws {
        let kind = StoredKind(rule.kind)
        try run(
            """
            INSERT INTO rule (
                id, owner_id, product_id, kind, target_minor, currency, amount, cool_down_ms, expires_at, snoozed_until,
                state, since_at, firings, fired_at, reference_minor, reference_currency
            ) VALUES (
                \(rule.id), \(rule.owner), \(rule.product), \(kind.name), \(kind.money?.minor),
                \(kind.money?.currency.code), \(kind.amount), \(rule.coolDown?.wholeMilliseconds), \(rule.expires),
                \(rule.snoozedUntil), \(rule.state.rawValue), \(rule.since), \(rule.firings), \(rule.lastFired),
                \(rule.reference?.minor), \(rule.reference?.currency.code)
            )
            """
        )
    }

    /// Everything but what it is about, and until when it rests.
    package func update(_ rule: Rule) throws {
        let kind = StoredKind(rule.kind)
        try run(
            """
            UPDATE rule
               SET kind = \(kind.name), target_minor = \(kind.money?.minor), currency = \(kind.money?.currency.code),
                   amount = \(kind.amount), cool_down_ms = \(rule.coolDown?.wholeMilliseconds),
                   expires_at = \(rule.expires)
             WHERE id = \(rule.id)
            """
        )
        try updateState(of: rule)
    }

    package func updateState(of rule: Rule) throws {
        try runLater(
            """
            UPDATE rule
               SET state = \(rule.state.rawValue), since_at = \(rule.since), firings = \(rule.firings),
                   fired_at = \(rule.lastFired),
                   reference_minor = \(rule.reference?.minor), reference_currency = \(rule.reference?.currency.code)
             WHERE id = \(rule.id)
            """
        )
    }

    package func rule(_ id: ID<Rule>) throws -> Rule? {
        try row("SELECT * FROM rule WHERE id = \(id)").map(Rule.init(row:))
    }

    /// Others that would change it wait until the transaction ends.
    package func lockedRule(_ id: ID<Rule>) throws -> Rule? {
        try row("SELECT * FROM rule WHERE id = \(id) \(forUpdate)").map(Rule.init(row:))
    }

    package func rules(of product: ID<Product>) throws -> [Rule] {
        try rows("SELECT * FROM rule WHERE product_id = \(product) ORDER BY id").map(Rule.init(row:))
    }

    /// Others that would change them wait until the transaction ends.
    package func lockedRules(of product: ID<Product>) throws -> [Rule] {
        try rows("SELECT * FROM rule WHERE product_id = \(product) ORDER BY id \(forUpdate)").map(Rule.init(row:))
    }

    /// Those of a listing's product; others that would change them wait until the transaction ends.
    func lockedRules(besides listing: ID<Listing>) -> Statement {
        """
        SELECT * FROM rule WHERE product_id = (SELECT product_id FROM listing WHERE id = \(listing)) ORDER BY id \(forUpdate)
        """
    }

    package func rules(of products: [ID<Product>]) throws -> [Rule] {
        try rows("SELECT * FROM rule WHERE product_id IN \(list: products) ORDER BY id").map(Rule.init(row:))
    }

    /// Newest first, at most `limit`.
    package func rules(of owner: ID<Account>, limit: Int) throws -> [Rule] {
        try rows("SELECT * FROM rule WHERE owner_id = \(owner) ORDER BY id DESC LIMIT \(limit)")
            .map(Rule.init(row:))
    }

    package func snooze(_ id: ID<Rule>, until moment: Timestamp?) throws {
        try run("UPDATE rule SET snoozed_until = \(moment) WHERE id = \(id)")
    }

    package func deleteRule(_ id: ID<Rule>) throws {
        try run("DELETE FROM rule WHERE id = \(id)")
    }

    package func deleteTargetPrices(of product: ID<Product>) throws {
        try run("DELETE FROM rule WHERE product_id = \(product) AND kind = \(StoredKind.targetPrice)")
    }
}

/// A rule's kind as its columns hold it.
private struct StoredKind {
    let name: String
    /// A target price, or the amount of a drop.
    var money: Money?
    /// The percent of a drop, or the days of a lowest price.
    var amount: Int?

    static let targetPrice = "target-price"

    init(_ kind: Rule.Kind) {
        switch kind {
        case .targetPrice(let target): (name, money) = (Self.targetPrice, target)
        case .dropPercent(let percent): (name, amount) = ("drop-percent", percent)
        case .dropAmount(let drop): (name, money) = ("drop-amount", drop)
        case .lowest(let days): (name, amount) = ("lowest", days)
        case .backInStock: name = "back-in-stock"
        case .change: name = "change"
        }
    }

    static func kind(in row: Row) throws -> Rule.Kind {
        let name = try row.text("kind")
        switch name {
        case targetPrice: return .targetPrice(try need(row.money("target_minor"), "target_minor"))
        case "drop-percent": return .dropPercent(try row.int("amount"))
        case "drop-amount": return .dropAmount(try need(row.money("target_minor"), "target_minor"))
        case "lowest": return .lowest(days: try row.optionalInt("amount"))
        case "back-in-stock": return .backInStock
        case "change": return .change
        default: throw SQLError.column("kind", "has the unknown value “\(name.prefix(40))”")
        }
    }

    private static func need(_ money: Money?, _ column: String) throws(SQLError) -> Money {
        guard let money else { throw .column(column, "is null, and the kind needs an amount") }
        return money
    }
}

extension Rule {
    init(row: Row) throws {
        self.init(
            id: try row.id("id"),
            owner: try row.id("owner_id"),
            product: try row.id("product_id"),
            kind: try StoredKind.kind(in: row),
            coolDown: try row.optionalInt("cool_down_ms").map { .milliseconds($0) },
            expires: try row.optionalTime("expires_at"),
            snoozedUntil: try row.optionalTime("snoozed_until"),
            state: try row.name("state"),
            since: try row.time("since_at"),
            firings: try row.int("firings"),
            lastFired: try row.optionalTime("fired_at"),
            reference: try row.money("reference_minor", currency: "reference_currency")
        )
    }
}
