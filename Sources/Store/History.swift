package import Model
package import SQL

extension Connection {
    package func lastRun(of listing: ID<Listing>) throws -> HistoryRun? {
        try runs(of: listing, limit: 1).first
    }

    /// The run that the next observation may extend.
    func lastRunStatement(of listing: ID<Listing>) -> Statement {
        """
        SELECT id, from_at, to_at, checks, price_minor, currency, list_minor, list_currency, availability, standing
          FROM history_run WHERE listing_id = \(listing) ORDER BY from_at DESC, id DESC LIMIT 1
        """
    }

    package func insert(_ run: HistoryRun) throws {
        let owner: Statement =
            run.standing == .suspect ? "(SELECT owner_id FROM listing WHERE id = \(run.listing))" : "NULL"
        try runLater(
            """
            INSERT INTO history_run (
                id, listing_id, from_at, to_at, checks, price_minor, currency, list_minor, list_currency, availability,
                standing, strategy, confidence, evidence, doubt, doubt_owner_id
            ) VALUES (
                \(run.id), \(run.listing), \(run.from), \(run.to), \(run.checks), \(run.price?.minor),
                \(run.price?.currency.code), \(run.listPrice?.minor), \(run.listPrice?.currency.code),
                \(run.availability.rawValue), \(run.standing.rawValue), \(run.strategy), \(run.confidence),
                \(try jsonText(run.evidence)), \(run.doubt), \(owner)
            )
            """
        )
    }

    /// A run never ends before it began or was last seen, whatever the clock says.
    package func extend(_ run: RunSummary, to moment: Timestamp) throws {
        try runLater(
            """
            UPDATE history_run
               SET to_at = CASE WHEN to_at > \(moment) THEN to_at ELSE \(moment) END, checks = checks + 1
             WHERE id = \(run.id) AND from_at = \(run.from)
            """
        )
    }

    package func setStanding(_ standing: Standing, doubt: String?, of run: RunSummary) throws {
        try runLater(
            """
            UPDATE history_run SET standing = \(standing.rawValue), doubt = \(doubt)
             WHERE id = \(run.id) AND from_at = \(run.from)
            """
        )
    }

    /// Newest first.
    package func runs(of listing: ID<Listing>, limit: Int) throws -> [HistoryRun] {
        try rows(
            """
            SELECT * FROM history_run WHERE listing_id = \(listing) ORDER BY from_at DESC, id DESC LIMIT \(limit)
            """
        ).map(HistoryRun.init(row:))
    }

    /// The last believed price and its run's times; nil where none was ever read.
    package func lastPrice(of listing: ID<Listing>) throws -> PricePoint? {
        try row(
            """
            SELECT from_at, to_at, price_minor, currency, availability FROM history_run
             WHERE listing_id = \(listing) AND standing = 'accepted' AND price_minor IS NOT NULL
             ORDER BY from_at DESC, id DESC LIMIT 1
            """
        ).map(PricePoint.init(row:))
    }

    /// The latest believed runs of each listing, newest first, at most `limit` of each: what a list draws its lines from.
    package func acceptedPrices(of listings: [ID<Listing>], limit: Int) throws -> [ID<Listing>: [PricePoint]] {
        guard !listings.isEmpty else { return [:] }
        // Where the last `limit` of each begin is looked up in the index, so that a long history is not read.
        let points = try rows(
            """
            WITH wanted (id) AS (VALUES \(rowsOf: listings))
            SELECT run.listing_id, run.from_at, run.to_at, run.price_minor, run.currency, run.availability
              FROM wanted JOIN history_run AS run
                ON run.listing_id = wanted.id AND run.standing = 'accepted' AND run.from_at >= COALESCE((
                       SELECT from_at FROM history_run
                        WHERE listing_id = wanted.id AND standing = 'accepted'
                        ORDER BY from_at DESC LIMIT 1 OFFSET \(limit - 1)
                   ), 0)
             ORDER BY run.from_at DESC, run.id DESC
            """
        ).map { (try $0.id("listing_id", as: Listing.self), try PricePoint(row: $0)) }
        return Dictionary(grouping: points, by: \.0).mapValues { $0.prefix(limit).map(\.1) }
    }

    /// The lowest and the highest believed price in `currency` at which the product could be bought.
    package func extremes(of product: ID<Product>, currency: Currency) throws -> (lowest: Money, highest: Money)? {
        guard let lowest = try lowestPrices(of: [product: currency])[product],
            let highest = try extremePrices(of: [product: currency], least: false)[product]
        else { return nil }
        return (lowest, highest)
    }

    /// The lowest believed price of each product in its currency at which it could be bought; none for products that
    /// never could be.
    package func lowestPrices(of products: [ID<Product>: Currency]) throws -> [ID<Product>: Money] {
        try extremePrices(of: products, least: true)
    }

    private func extremePrices(of products: [ID<Product>: Currency], least: Bool) throws -> [ID<Product>: Money] {
        guard !products.isEmpty else { return [:] }
        let pairs = products.sorted { $0.key.text < $1.key.text }.map { product, currency -> [any Bindable] in
            [product, currency.code]
        }
        let (inner, outer): (Statement, Statement) =
            least
            ? ("ORDER BY price_minor ASC", "MIN(best)") : ("ORDER BY price_minor DESC", "MAX(best)")
        let found = try rows(
            """
            WITH wanted (product_id, currency) AS (VALUES \(rowsOf: pairs)), best AS (
                SELECT wanted.product_id, (
                    SELECT price_minor FROM history_run
                     WHERE listing_id = listing.id AND currency = wanted.currency AND price_minor IS NOT NULL
                       AND standing = 'accepted' AND availability NOT IN ('outOfStock', 'discontinued')
                     \(inner) LIMIT 1
                ) AS best
                  FROM wanted JOIN listing ON listing.product_id = wanted.product_id
            )
            SELECT product_id, \(outer) AS price FROM best GROUP BY product_id
            """
        )
        var prices: [ID<Product>: Money] = [:]
        for row in found {
            let id: ID<Product> = try row.id("product_id")
            guard let minor = try row.optionalInt("price"), let currency = products[id] else { continue }
            prices[id] = Money(minor: minor, currency: currency)
        }
        return prices
    }
}

/// A believed run reduced to what a chart draws.
package struct PricePoint: Hashable, Sendable {
    package let from: Timestamp
    package let to: Timestamp
    package let price: Money?
    package let availability: Availability
}

extension PricePoint {
    init(row: Row) throws {
        self.init(
            from: try row.time("from_at"),
            to: try row.time("to_at"),
            price: try row.money("price_minor"),
            availability: try row.name("availability")
        )
    }
}

extension RunSummary {
    init(row: Row) throws {
        self.init(
            id: try row.id("id"),
            from: try row.time("from_at"),
            to: try row.time("to_at"),
            checks: try row.int("checks"),
            price: try row.money("price_minor"),
            listPrice: try row.money("list_minor", currency: "list_currency"),
            availability: try row.name("availability"),
            standing: try row.name("standing")
        )
    }
}

extension HistoryRun {
    init(row: Row) throws {
        self.init(
            id: try row.id("id"),
            listing: try row.id("listing_id"),
            from: try row.time("from_at"),
            to: try row.time("to_at"),
            checks: try row.int("checks"),
            price: try row.money("price_minor"),
            listPrice: try row.money("list_minor", currency: "list_currency"),
            availability: try row.name("availability"),
            standing: try row.name("standing"),
            strategy: try row.optionalText("strategy"),
            confidence: try row.double("confidence"),
            evidence: try row.json("evidence"),
            doubt: try row.optionalText("doubt")
        )
    }
}
