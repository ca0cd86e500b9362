package import Model

/// A product as its own page shows it.
package struct ProductDetail: Hashable, Sendable {
    package let product: Product
    /// Oldest first.
    package let listings: [ListingDetail]
    package let best: Best?
    /// The lowest believed price ever at which it could be bought, in the best price's currency.
    package let lowest: Money?
    package let highest: Money?
    package let rules: [Rule]
    /// Whether anybody would hear of it when a rule fires.
    package let hasChannels: Bool
    /// The names of the channels on which the last message could not be delivered.
    package let brokenChannels: [String]
    /// The time zone that the owner chose last, else that of the machine.
    package let zone: String

    package init(
        product: Product,
        listings: [ListingDetail],
        best: Best?,
        lowest: Money?,
        highest: Money?,
        rules: [Rule],
        hasChannels: Bool,
        brokenChannels: [String] = [],
        zone: String = Zone.utc.name
    ) {
        self.product = product
        self.listings = listings
        self.best = best
        self.lowest = lowest
        self.highest = highest
        self.rules = rules
        self.hasChannels = hasChannels
        self.brokenChannels = brokenChannels
        self.zone = zone
    }
}

/// A listing with what was seen of it.
package struct ListingDetail: Hashable, Sendable {
    package let listing: Listing
    /// Newest first, at most 500.
    package let runs: [HistoryRun]
    /// Newest first, at most 20.
    package let checks: [CheckRecord]
    /// Whether a check waits or runs now.
    package let isChecking: Bool

    package init(listing: Listing, runs: [HistoryRun], checks: [CheckRecord], isChecking: Bool) {
        self.listing = listing
        self.runs = runs
        self.checks = checks
        self.isChecking = isChecking
    }
}
