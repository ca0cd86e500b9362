package import Model
package import SQL

extension Connection {
    /// The run that the next observation may extend.
    package func lastRun(of listing: ID<Listing>) throws -> HistoryRun? {
        try row("SELECT * FROM history_run WHERE listing_id = \(listing) ORDER BY from_at DESC, id DESC LIMIT 1")
            .map(HistoryRun.init(row:))
    }

    package func insert(_ run: HistoryRun) throws {
        try self.run(
            """
            INSERT INTO history_run (
                id, listing_id, from_at, to_at, checks, price_minor, currency, list_minor, list_currency, availability,
                standing, strategy, confidence, evidence, doubt
            ) VALUES (
                \(run.id), \(run.listing), \(run.from), \(run.to), \(run.checks), \(run.price?.minor),
                \(run.price?.currency.code), \(run.listPrice?.minor), \(run.listPrice?.currency.code),
                \(run.availability.rawValue), \(run.standing.rawValue), \(run.strategy), \(run.confidence),
                \(try jsonText(run.evidence)), \(run.doubt)
            )
            """
        )
    }

    /// A run never ends before it began or was last seen, whatever the clock says.
    package func extendRun(_ id: ID<HistoryRun>, to moment: Timestamp) throws {
        try run(
            """
            UPDATE history_run
               SET to_at = CASE WHEN to_at > \(moment) THEN to_at ELSE \(moment) END, checks = checks + 1
             WHERE id = \(id)
            """
        )
    }

    package func setStanding(_ standing: Standing, doubt: String?, of id: ID<HistoryRun>) throws {
        try run("UPDATE history_run SET standing = \(standing.rawValue), doubt = \(doubt) WHERE id = \(id)")
    }

    /// Newest first.
    package func runs(of listing: ID<Listing>, limit: Int) throws -> [HistoryRun] {
        try rows(
            """
            SELECT * FROM history_run WHERE listing_id = \(listing) ORDER BY from_at DESC, id DESC LIMIT \(limit)
            """
        ).map(HistoryRun.init(row:))
    }

    /// The last believed price, also from before the product went out of stock.
    package func lastAcceptedPrice(of listing: ID<Listing>) throws -> Money? {
        try row(
            """
            SELECT price_minor, currency FROM history_run
             WHERE listing_id = \(listing) AND standing = 'accepted' AND price_minor IS NOT NULL
             ORDER BY from_at DESC, id DESC LIMIT 1
            """
        )?.money("price_minor")
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

    /// The latest believed runs, newest first: what a list draws its lines from.
    package func acceptedPrices(of listing: ID<Listing>, limit: Int) throws -> [PricePoint] {
        try rows(
            """
            SELECT from_at, to_at, price_minor, currency, availability FROM history_run
             WHERE listing_id = \(listing) AND standing = 'accepted'
             ORDER BY from_at DESC, id DESC LIMIT \(limit)
            """
        ).map(PricePoint.init(row:))
    }

    /// The lowest and the highest believed price in `currency` at which the product could be bought.
    package func extremes(of product: ID<Product>, currency: Currency) throws -> (lowest: Money, highest: Money)? {
        let found = try row(
            """
            SELECT MIN(history_run.price_minor) AS lowest, MAX(history_run.price_minor) AS highest
              FROM history_run JOIN listing ON listing.id = history_run.listing_id
             WHERE listing.product_id = \(product) AND history_run.standing = 'accepted'
               AND history_run.currency = \(currency.code)
               AND history_run.availability NOT IN ('outOfStock', 'discontinued')
            """
        )
        guard let found, let low = try found.optionalInt("lowest"), let high = try found.optionalInt("highest") else {
            return nil
        }
        return (Money(minor: low, currency: currency), Money(minor: high, currency: currency))
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
    fileprivate init(row: Row) throws {
        self.init(
            from: try row.time("from_at"),
            to: try row.time("to_at"),
            price: try row.money("price_minor"),
            availability: try row.name("availability")
        )
    }
}

extension HistoryRun {
    fileprivate init(row: Row) throws {
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
