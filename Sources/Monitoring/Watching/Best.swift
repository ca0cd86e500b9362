package import Model

/// The lowest believed price at which a product can be bought now.
package struct Best: Hashable, Sendable {
    package let price: Money
    package let listing: ID<Listing>
    package let availability: Availability

    /// nil when it can't be bought anywhere.
    ///
    /// Amounts of different currencies are not compared: the currency of the listing added first counts.
    package init?(_ listings: [Listing]) {
        guard let currency = listings.compactMap({ $0.current?.payable?.currency }).first,
            let best = Self.cheapest(listings, in: currency), let price = best.current?.payable
        else { return nil }
        self.price = price
        listing = best.id
        availability = best.current?.availability ?? .unknown
    }

    /// The listing with the lowest believed price in one currency.
    static func cheapest(_ listings: [Listing], in currency: Currency) -> Listing? {
        listings
            .filter { $0.current?.payable?.currency == currency }
            .min { ($0.current?.payable?.minor ?? .max) < ($1.current?.payable?.minor ?? .max) }
    }
}
