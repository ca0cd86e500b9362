package import Model
import SQL
import Store

extension Watching {
    /// One page of the actor's products.
    ///
    /// `cursor` is what another page of the same order gave as `next` or `previous`; nil begins the list. `limit` is the
    /// most products of a page, 1…200. Throws `.invalid` for `cursor`, `limit` or `search`.
    package func products(
        _ selection: ProductSelection = ProductSelection(),
        cursor: String? = nil,
        limit: Int = 50,
        as actor: Actor
    ) async throws -> ProductList {
        guard (1...Self.longestPage).contains(limit) else {
            throw RequestError.invalid(
                field: "limit",
                "The limit must be a whole number from 1 to \(Self.longestPage), not \(limit)."
            )
        }
        guard selection.search.utf8.count <= 300 else {
            throw RequestError.invalid(field: "search", "The text to search for is longer than 300 bytes.")
        }
        let cursor = try cursor.map { try ProductCursor($0, order: selection.order) }
        return try await database.read { connection in
            try connection.list(selection, cursor: cursor, limit: limit, of: actor.account)
        }
    }

    /// The most products that a page can have.
    package static let longestPage = 200

    package func product(_ id: ID<Product>, as actor: Actor) async throws -> ProductDetail {
        let (now, homeZone) = (now(), homeZone)
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
                brokenChannels: channels.filter { $0.problem != nil }.map(\.name),
                zone: try connection.windowZone(of: actor.account) ?? homeZone
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

    /// How far a selection is counted: a search through very many products need not go to its end for a number.
    private static var counting: Int { 1000 }

    fileprivate func list(
        _ selection: ProductSelection,
        cursor: ProductCursor?,
        limit: Int,
        of owner: ID<Account>
    ) throws -> ProductList {
        let isBackwards = cursor?.isBackwards ?? false
        // One more than the page holds, to see whether there is another.
        var found = try products(
            of: owner,
            selection,
            beyond: cursor?.place,
            backwards: isBackwards,
            limit: limit + 1
        )
        let isMore = found.count > limit
        if isMore { found.removeLast() }
        if isBackwards { found.reverse() }
        let position = cursor?.position ?? 1
        let first = isBackwards ? max(1, position - found.count + 1) : position
        let total = try countProducts(of: owner)
        let isWhole = selection.filter == nil && selection.search.isEmpty
        func cursorText(_ place: ProductPlace?, backwards: Bool, position: Int) -> String? {
            place.map { place in
                ProductCursor(order: selection.order, isBackwards: backwards, position: position, place: place).text
            }
        }
        let hasNext = isBackwards || isMore
        // The last page knows how many there are without asking.
        let count =
            isWhole
            ? total : hasNext ? try countProducts(of: owner, selection, limit: Self.counting) : first + found.count - 1
        let hasPrevious = isBackwards ? isMore : cursor != nil
        return ProductList(
            selection: selection,
            products: try summaries(of: found.map(\.product)),
            first: found.isEmpty ? 0 : first,
            count: count,
            isCounted: isWhole || !hasNext || count < Self.counting,
            total: total,
            atTarget: try countProductsAtTarget(of: owner),
            next: hasNext
                ? cursorText(found.last?.place, backwards: false, position: first + found.count) : nil,
            previous: hasPrevious && first > 1
                ? cursorText(found.first?.place, backwards: true, position: first - 1) : nil
        )
    }

    /// A question for each kind of thing, not for each product.
    private func summaries(of products: [Product]) throws -> [ProductSummary] {
        let ids = products.map(\.id)
        let listings = Dictionary(grouping: try listings(of: ids), by: \.product)
        let rules = Dictionary(grouping: try rules(of: ids), by: \.product)
        let best = listings.compactMapValues(Best.init)
        // What is out of stock has no best price, but still a past that can be shown.
        let shown = ids.compactMap { best[$0]?.listing ?? listings[$0]?.first?.id }
        let points = try acceptedPrices(of: shown, limit: Self.trendLength)
        let lowest = try lowestPrices(of: best.mapValues(\.price.currency))
        return products.map { product in
            let best = best[product.id]
            let listings = listings[product.id] ?? []
            let points = (best?.listing ?? listings.first?.id).flatMap { points[$0] } ?? []
            return ProductSummary(
                product: product,
                listings: listings,
                best: best,
                lowest: lowest[product.id],
                change: TrendPoint.change(points),
                trend: TrendPoint.trend(points),
                rules: rules[product.id] ?? []
            )
        }
    }
}
