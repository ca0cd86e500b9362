/// A price that waits for a person's word: what was read last at a listing, and is doubted.
package struct Doubt: Hashable, Sendable {
    package let run: HistoryRun
    package let listing: Listing
    package let product: Product
    /// What is believed; nil where nothing ever was.
    package let believed: Money?

    package init(run: HistoryRun, listing: Listing, product: Product, believed: Money?) {
        self.run = run
        self.listing = listing
        self.product = product
        self.believed = believed
    }
}
