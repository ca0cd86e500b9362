package import Model
package import SQL

extension Connection {
    /// The account's products, oldest first: those after `last`, the last one of another page, where it is given.
    package func products(of owner: ID<Account>, after last: Product?, limit: Int) throws -> [Product] {
        let place: Statement = last.map { "AND (created_at, id) > (\($0.created), \($0.id))" } ?? ""
        return try rows(
            """
            SELECT id, owner_id, name, image, created_at FROM product WHERE owner_id = \(owner) \(place)
             ORDER BY created_at, id LIMIT \(limit)
            """
        ).map(Product.init(row:))
    }

    /// The listings of these products that are not paused, oldest first.
    package func activeListings(of products: [ID<Product>]) throws -> [ID<Product>: [Listing]] {
        guard !products.isEmpty else { return [:] }
        let listings = try rows(
            """
            WITH wanted (id) AS (VALUES \(rowsOf: products))
            SELECT listing.* FROM wanted JOIN listing ON listing.product_id = wanted.id AND listing.is_paused = 0
             ORDER BY listing.created_at, listing.id
            """
        ).map(Listing.init(row:))
        return Dictionary(grouping: listings, by: \.product)
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
