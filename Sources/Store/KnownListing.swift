package import Model
package import SQL

/// What is known of a listing when a check of it is written down.
package struct KnownListing: Hashable, Sendable {
    package let listing: Listing
    /// The run that the next observation may extend.
    package let lastRun: RunSummary?
    /// The last believed price, also from before the product went out of stock; nil where it was not asked for.
    package let lastPrice: Money?
    /// Whether its product has no picture, or still goes by the listing's address.
    package let isUndescribed: Bool
    /// Those of its product; empty where they were not asked for.
    package let rules: [Rule]
    /// Whether this job's check was written down before: then nothing else of it may be.
    package let isRecorded: Bool
}

extension Connection {
    /// Until the transaction ends, nobody else changes the listing, its history or the rules.
    ///
    /// nil where the listing was removed. One round trip, unless the last run says nothing of the price. Price and rules are left out where the check can't need them.
    package func knownListing(
        _ id: ID<Listing>,
        job: String,
        price wantsPrice: Bool,
        rules wantsRules: Bool
    ) throws -> KnownListing? {
        var statements: [Statement] = [
            lockedListing(id), lastRunStatement(of: id), "SELECT 1 AS found FROM check_log WHERE job = \(job)",
        ]
        if wantsRules { statements.append(lockedRules(besides: id)) }
        let answers = try rows(all: statements)
        guard let row = answers[0].first else { return nil }
        let lastRun = try answers[1].first.map(RunSummary.init(row:))
        var price: Money?
        if wantsPrice, let lastRun {
            // As a rule the last run is one that was believed.
            let isAnswer = lastRun.standing == .accepted && lastRun.price != nil
            price = isAnswer ? lastRun.price : try lastPrice(of: id)?.price
        }
        return KnownListing(
            listing: try Listing(row: row),
            lastRun: lastRun,
            lastPrice: price,
            isUndescribed: try row.bool("is_undescribed"),
            rules: wantsRules ? try answers[3].map(Rule.init(row:)) : [],
            isRecorded: !answers[2].isEmpty
        )
    }

    /// Others that would change it, or write what a check of it saw, wait until the transaction ends.
    private func lockedListing(_ id: ID<Listing>) -> Statement {
        """
        SELECT *, (
                   SELECT image IS NULL OR name = listing.url FROM product WHERE product.id = listing.product_id
               ) AS is_undescribed
          FROM listing WHERE id = \(id) \(forUpdate)
        """
    }

    /// A listing before it is looked at, in one round trip; nil where it was removed, and where this job's check was
    /// written down already.
    package func listingToCheck(_ id: ID<Listing>, job: String) throws -> (listing: Listing, lastStanding: Standing?)? {
        let answers = try rows(all: [
            "SELECT * FROM listing WHERE id = \(id)", lastRunStatement(of: id),
            "SELECT 1 AS found FROM check_log WHERE job = \(job)",
        ])
        guard let listing = try answers[0].first.map(Listing.init(row:)), answers[2].isEmpty else { return nil }
        return (listing, try answers[1].first.map(RunSummary.init(row:))?.standing)
    }
}
