package import Model

/// A product as a list shows it.
package struct ProductSummary: Hashable, Sendable {
    package let product: Product
    /// Oldest first.
    package let listings: [Listing]
    package let best: Best?
    /// The lowest believed price ever at which it could be bought, in the best price's currency.
    package let lowest: Money?
    /// The best listing's price against the one before it: -0.1 is 10 % cheaper.
    package let change: Double?
    /// Of the best listing, oldest first.
    package let trend: [TrendPoint]
    package let rules: [Rule]

    package init(
        product: Product,
        listings: [Listing],
        best: Best?,
        lowest: Money?,
        change: Double?,
        trend: [TrendPoint],
        rules: [Rule]
    ) {
        self.product = product
        self.listings = listings
        self.best = best
        self.lowest = lowest
        self.change = change
        self.trend = trend
        self.rules = rules
    }
}
