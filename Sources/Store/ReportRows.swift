package import Model
package import SQL

extension Connection {
    /// All products of the account, by id.
    package func products(of owner: ID<Account>) throws -> [ID<Product>: Product] {
        let products = try rows(
            "SELECT id, owner_id, name, image, created_at FROM product WHERE owner_id = \(owner)"
        ).map(Product.init(row:))
        return Dictionary(uniqueKeysWithValues: products.map { ($0.id, $0) })
    }

    /// All listings of the account that are not paused, oldest first.
    package func activeListings(of owner: ID<Account>) throws -> [Listing] {
        try rows("SELECT * FROM listing WHERE owner_id = \(owner) AND is_paused = 0 ORDER BY created_at, id")
            .map(Listing.init(row:))
    }

    /// The believed runs of each listing that were valid at `moment` or began later, oldest first.
    package func acceptedPrices(of listings: [ID<Listing>], since moment: Timestamp) throws -> [ID<Listing>:
        [PricePoint]]
    {
        guard !listings.isEmpty else { return [:] }
        let points = try rows(
            """
            WITH wanted (id) AS (VALUES \(rowsOf: listings))
            SELECT run.listing_id, run.from_at, run.to_at, run.price_minor, run.currency, run.availability
              FROM wanted JOIN history_run AS run
                ON run.listing_id = wanted.id AND run.standing = 'accepted' AND run.from_at >= COALESCE((
                       SELECT from_at FROM history_run
                        WHERE listing_id = wanted.id AND standing = 'accepted' AND from_at <= \(moment)
                        ORDER BY from_at DESC LIMIT 1
                   ), 0)
             ORDER BY run.from_at, run.id
            """
        ).map { (try $0.id("listing_id", as: Listing.self), try PricePoint(row: $0)) }
        return Dictionary(grouping: points, by: \.0).mapValues { $0.map(\.1) }
    }
}
