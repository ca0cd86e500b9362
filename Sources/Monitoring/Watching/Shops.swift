package import Model
import SQL
import Store

/// A product that is sold in several shops: each is a listing of its own, and the cheapest that can be bought counts.
extension Watching {
    /// Watches what a preview showed as another shop of a product; its reading is believed because a person saw it.
    ///
    /// Throws `.invalid` for `interval` or `address`, and `.conflict` when the actor watches the address already.
    package func addListing(
        _ id: ID<Preview>,
        interval: Duration?,
        to product: ID<Product>,
        as actor: Actor
    ) async throws -> ID<Listing> {
        try actor.mayWrite()
        let preview = try await preview(id, as: actor)
        try Self.check(preview.reading)
        let address = try await newAddress(preview.address.text, as: actor)
        return try await insertListing(
            address,
            interval: interval,
            confirmedStrategy: preview.reading.strategy,
            to: product,
            as: actor,
            record.recordingPreview(preview)
        )
    }

    /// Watches an address as another shop of a product, without a preview; it is checked at once.
    ///
    /// Throws `.invalid` for `interval` or `address`, and `.conflict` when the actor watches the address already.
    package func addListing(
        _ address: String,
        interval: Duration?,
        to product: ID<Product>,
        as actor: Actor
    ) async throws -> ID<Listing> {
        try actor.mayWrite()
        let address = try await newAddress(address, as: actor)
        return try await insertListing(address, interval: interval, confirmedStrategy: nil, to: product, as: actor)
    }

    /// Its history and check log go with it.
    ///
    /// Throws `.conflict` for the only one of a product, which is removed as a whole instead.
    package func removeListing(_ id: ID<Listing>, as actor: Actor) async throws {
        try actor.mayWrite()
        let now = now()
        try await database.transaction(.locking) { connection in
            let listing = try connection.listing(id, of: actor)
            guard try connection.listings(of: listing.product).count > 1 else {
                throw RequestError.conflict("It is the product's only shop. Remove the product instead.", existing: nil)
            }
            try connection.deleteListing(id)
            try connection.setChanged(listing.product, at: now)
        }
    }

    /// `look` writes what was seen of it already, if anything was.
    private func insertListing(
        _ address: WebAddress,
        interval: Duration?,
        confirmedStrategy: String?,
        to product: ID<Product>,
        as actor: Actor,
        _ look: (@Sendable (ID<Listing>, any Connection) throws -> Recorded?)? = nil
    ) async throws -> ID<Listing> {
        let now = now()
        let listing = Listing(
            id: .make(at: now),
            product: product,
            owner: actor.account,
            address: address,
            interval: try checked(interval: interval),
            due: now,
            created: now,
            confirmedStrategy: confirmedStrategy
        )
        try await storing(address, of: actor.account) { [dueClock] connection in
            _ = try connection.product(product, of: actor)
            try connection.insert(listing.due(by: dueClock(connection)))
            return try look?(listing.id, connection)
        }
        return listing.id
    }
}
