package import Model
package import SQL

/// What is known of a listing when a check of it is written down.
package struct KnownListing: Hashable, Sendable {
    package let listing: Listing
    /// The run that the next observation may extend.
    package let lastRun: HistoryRun?
    /// The last believed price, also from before the product went out of stock; nil where it was not asked for.
    package let lastPrice: Money?
    /// Those of its product; empty where they were not asked for.
    package let rules: [Rule]
    /// Whether this job's check was written down before: then nothing else of it may be.
    package let isRecorded: Bool
}

extension Connection {
    /// Until the transaction ends, nobody else changes the listing, its history or the rules.
    ///
    /// nil where the listing was removed. Price and rules are left out where the check can't need them.
    package func knownListing(
        _ id: ID<Listing>,
        job: String,
        price wantsPrice: Bool,
        rules wantsRules: Bool
    ) throws -> KnownListing? {
        var statements: [Statement] = [
            lockedListing(id), lastRunStatement(of: id), "SELECT 1 AS found FROM check_log WHERE job = \(job)",
        ]
        if wantsPrice { statements.append(lastPriceStatement(of: id)) }
        if wantsRules { statements.append(lockedRules(besides: id)) }
        var answers = try rows(all: statements)
        guard let listing = try answers[0].first.map(Listing.init(row:)) else { return nil }
        let rules = wantsRules ? try answers.removeLast().map(Rule.init(row:)) : []
        let price = wantsPrice ? try answers.removeLast().first.map(PricePoint.init(row:)) : nil
        return KnownListing(
            listing: listing,
            lastRun: try answers[1].first.map(HistoryRun.init(row:)),
            lastPrice: price?.price,
            rules: rules,
            isRecorded: !answers[2].isEmpty
        )
    }
}
