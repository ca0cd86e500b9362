package import Model
package import SQL

extension Connection {
    /// Newest first, at most `limit`.
    package func doubts(of owner: ID<Account>, limit: Int) throws -> [Doubt] {
        let runs = try rows("SELECT run.* \(Self.doubted(owner)) ORDER BY run.from_at DESC, run.id DESC LIMIT \(limit)")
            .map(HistoryRun.init(row:))
        return try runs.compactMap { try doubt(about: $0) }
    }

    /// How many there are; counts no further than `limit`.
    package func countDoubts(of owner: ID<Account>, limit: Int) throws -> Int {
        try row("SELECT COUNT(*) AS n FROM (SELECT 1 AS found \(Self.doubted(owner)) LIMIT \(limit)) AS selected")?
            .int("n") ?? 0
    }

    private static func doubted(_ owner: ID<Account>) -> Statement {
        """
        FROM history_run AS run
         WHERE run.standing = 'suspect' AND run.doubt_owner_id = \(owner)
           AND NOT EXISTS (
                   SELECT 1 FROM history_run AS later
                    WHERE later.listing_id = run.listing_id AND later.from_at > run.from_at
               )
        """
    }

    /// nil where the run is not its listing's last one, is not doubted any more, or went with its listing.
    package func doubt(_ id: ID<HistoryRun>) throws -> Doubt? {
        guard let run = try row("SELECT * FROM history_run WHERE id = \(id)").map(HistoryRun.init(row:)),
            run.standing == .suspect, try lastRun(of: run.listing)?.id == id
        else { return nil }
        return try doubt(about: run)
    }

    private func doubt(about run: HistoryRun) throws -> Doubt? {
        guard let listing = try listing(run.listing), let product = try product(listing.product) else { return nil }
        return Doubt(run: run, listing: listing, product: product, believed: try lastPrice(of: listing.id)?.price)
    }

    /// When a product was first believed to cost something in `currency` at which it could be bought; nil where never.
    package func firstPrice(of product: ID<Product>, in currency: Currency) throws -> Timestamp? {
        try row(
            """
            SELECT MIN(first) AS at FROM (
                SELECT (
                    SELECT run.from_at FROM history_run AS run
                     WHERE run.listing_id = listing.id AND run.currency = \(currency.code)
                       AND run.price_minor IS NOT NULL AND run.standing = 'accepted'
                       AND run.availability NOT IN ('outOfStock', 'discontinued')
                     ORDER BY run.from_at LIMIT 1
                ) AS first
                  FROM listing WHERE listing.product_id = \(product)
            ) AS found
            """
        )?.optionalTime("at")
    }

    /// The lowest believed price of a product in `currency` at which it could be bought, of runs that began before
    /// `moment` and lasted until `oldest` or longer; nil where there is none.
    package func lowestPrice(
        of product: ID<Product>,
        in currency: Currency,
        before moment: Timestamp,
        since oldest: Timestamp?
    ) throws -> Money? {
        let limit: Statement = oldest.map { "AND run.to_at >= \($0)" } ?? ""
        return try row(
            """
            SELECT MIN(run.price_minor) AS price FROM listing JOIN history_run AS run ON run.listing_id = listing.id
             WHERE listing.product_id = \(product) AND run.currency = \(currency.code) AND run.price_minor IS NOT NULL
               AND run.standing = 'accepted' AND run.availability NOT IN ('outOfStock', 'discontinued')
               AND run.from_at < \(moment) \(limit)
            """
        )?.optionalInt("price").map { Money(minor: $0, currency: currency) }
    }
}
