package import Model
package import SQL

extension Connection {
    package func insert(_ rule: Rule) throws {
        let target =
            switch rule.kind {
            case .targetPrice(let target): target
            }
        try run(
            """
            INSERT INTO rule (id, owner_id, product_id, kind, target_minor, currency, state, since_at, firings)
            VALUES (
                \(rule.id), \(rule.owner), \(rule.product), 'target-price', \(target.minor), \(target.currency.code),
                \(rule.state.rawValue), \(rule.since), \(rule.firings)
            )
            """
        )
    }

    package func updateState(of rule: Rule) throws {
        try runLater(
            """
            UPDATE rule SET state = \(rule.state.rawValue), since_at = \(rule.since), firings = \(rule.firings)
             WHERE id = \(rule.id)
            """
        )
    }

    package func rules(of product: ID<Product>) throws -> [Rule] {
        try rows("SELECT * FROM rule WHERE product_id = \(product) ORDER BY id").map(Rule.init(row:))
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

    package func deleteRules(of product: ID<Product>) throws {
        try run("DELETE FROM rule WHERE product_id = \(product)")
    }
}

extension Rule {
    init(row: Row) throws {
        let kind = try row.text("kind")
        guard kind == "target-price", let target = try row.money("target_minor") else {
            throw SQLError.column("kind", "has the unknown value “\(kind.prefix(40))”")
        }
        self.init(
            id: try row.id("id"),
            owner: try row.id("owner_id"),
            product: try row.id("product_id"),
            kind: .targetPrice(target),
            state: try row.name("state"),
            since: try row.time("since_at"),
            firings: try row.int("firings")
        )
    }
}
