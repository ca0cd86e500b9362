package import Model
import SQL
import Store

extension Watching {
    /// Newest first.
    package func products(as actor: Actor) async throws -> [ProductSummary] {
        try await database.read { connection in
            let listings = Dictionary(grouping: try connection.listings(ownedBy: actor.account), by: \.product)
            let rules = Dictionary(grouping: try connection.rules(ownedBy: actor.account), by: \.product)
            return try connection.products(of: actor.account).map { product in
                try connection.summary(
                    of: product,
                    listings: listings[product.id] ?? [],
                    rules: rules[product.id] ?? []
                )
            }
        }
    }

    package func product(_ id: ID<Product>, as actor: Actor) async throws -> ProductDetail {
        let now = now()
        return try await database.read { connection in
            let product = try connection.product(id, of: actor)
            let listings = try connection.listings(of: id)
            let best = Best(listings)
            let extremes = try best.flatMap { try connection.extremes(of: id, currency: $0.price.currency) }
            let channels = try connection.channels(of: actor.account)
            return ProductDetail(
                product: product,
                listings: try listings.map { try connection.detail(of: $0, now: now) },
                best: best,
                lowest: extremes?.lowest,
                highest: extremes?.highest,
                rules: try connection.rules(of: id),
                hasChannels: !channels.isEmpty,
                brokenChannels: channels.filter { $0.problem != nil }.map(\.name)
            )
        }
    }

    package func listing(_ id: ID<Listing>, as actor: Actor) async throws -> ListingDetail {
        let now = now()
        return try await database.read { connection in
            try connection.detail(of: try connection.listing(id, of: actor), now: now)
        }
    }
}

extension Connection {
    /// So many bends are more than a sparkline can show.
    private static var trendLength: Int { 60 }

    fileprivate func detail(of listing: Listing, now: Timestamp) throws -> ListingDetail {
        ListingDetail(
            listing: listing,
            runs: try runs(of: listing.id, limit: 500),
            checks: try checks(of: listing.id, limit: 20),
            isChecking: try isQueued(listing.id, now: now)
        )
    }

    fileprivate func summary(of product: Product, listings: [Listing], rules: [Rule]) throws -> ProductSummary {
        let best = Best(listings)
        // What is out of stock has no best price, but still a past that can be shown.
        let shown = best?.listing ?? listings.first?.id
        let points = try shown.map { try acceptedPrices(of: $0, limit: Self.trendLength) } ?? []
        return ProductSummary(
            product: product,
            listings: listings,
            best: best,
            lowest: try best.flatMap { try extremes(of: product.id, currency: $0.price.currency) }?.lowest,
            change: TrendPoint.change(points),
            trend: TrendPoint.trend(points),
            rules: rules
        )
    }
}
