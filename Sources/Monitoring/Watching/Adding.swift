package import Model
import SQL
import Store

extension Watching {
    /// Looks at a page and keeps what was seen for a day, so that saving uses exactly that.
    ///
    /// Throws `.invalid` for `address`, and `.conflict` when the actor watches it already. Whatever the shop does is in
    /// the preview's reading.
    package func preview(_ address: String, as actor: Actor) async throws -> Preview {
        try actor.mayWrite()
        let address = try await newAddress(address, as: actor)
        let looked = try await look.look(at: address)
        let now = now()
        let preview = Preview(
            id: .make(at: now),
            owner: actor.account,
            address: address,
            answered: looked.finalURL,
            status: looked.status,
            // As it is stored, so that what is shown now and later is the same.
            took: .milliseconds(looked.took.wholeMilliseconds),
            reading: looked.reading,
            created: now
        )
        try await database.transaction { try $0.insert(preview) }
        return preview
    }

    package func preview(_ id: ID<Preview>, as actor: Actor) async throws -> Preview {
        let preview = try await database.read { try $0.preview(id) }
        guard let preview, preview.owner == actor.account else { throw Self.noPreview }
        return preview
    }

    /// Watches what a preview showed; its reading is the first point of the history, believed because a person saw it.
    ///
    /// `target` is what a person typed: `39.90`, `€ 39,90`; empty or nil for none. Throws `.invalid` for `name`,
    /// `target`, `interval` or `address`.
    package func save(
        _ id: ID<Preview>,
        name: String?,
        target: String?,
        interval: Duration?,
        as actor: Actor
    ) async throws -> ID<Product> {
        try actor.mayWrite()
        let preview = try await preview(id, as: actor)
        let reading = preview.reading
        try Self.check(reading)
        let address = try await newAddress(preview.address.text, as: actor)
        let fallback = reading.title ?? address.site
        let chosen = try checked(name: name ?? String(fallback.prefix(300)))
        let span = try checked(interval: interval)
        let goal = try TargetEntry.read(target, currency: reading.price?.currency)
        let new = NewProduct(
            product: Product(
                id: .make(at: now()),
                owner: actor.account,
                name: chosen,
                image: reading.image,
                created: now()
            ),
            address: address,
            interval: span,
            target: goal,
            confirmedStrategy: reading.strategy
        )
        try await insert(new, record.recordingPreview(preview))
        return new.product.id
    }

    /// Watches an address without a preview; it is checked at once, and its name and picture are taken from the page.
    ///
    /// Throws `.invalid` for `address`, `name`, `target` or `interval`. Without a price yet the target must name its
    /// currency.
    package func add(
        _ address: String,
        name: String?,
        target: String?,
        interval: Duration?,
        as actor: Actor
    ) async throws -> ID<Product> {
        try actor.mayWrite()
        let address = try await newAddress(address, as: actor)
        let chosen = try checked(name: name ?? String(address.text.prefix(300)))
        let span = try checked(interval: interval)
        let goal = try TargetEntry.read(target, currency: nil)
        let new = NewProduct(
            product: Product(id: .make(at: now()), owner: actor.account, name: chosen, image: nil, created: now()),
            address: address,
            interval: span,
            target: goal,
            confirmedStrategy: nil
        )
        try await insert(new)
        return new.product.id
    }

    /// Throws `.invalid` where there is nothing to begin a history with.
    static func check(_ reading: Reading) throws(RequestError) {
        guard reading.outcome.isReading else {
            throw .invalid(field: "address", "There is nothing to watch at this address yet: no price was read.")
        }
    }

    /// `look` writes what was seen of the listing already, if anything was.
    private func insert(
        _ new: NewProduct,
        _ look: (@Sendable (ID<Listing>, any Connection) throws -> Recorded?)? = nil
    ) async throws {
        try await storing(new.listing.address, of: new.product.owner) { [dueClock] connection in
            try connection.insert(new.product)
            try connection.insert(new.listing.due(by: dueClock(connection)))
            if let rule = new.rule { try connection.insert(rule) }
            return try look?(new.listing.id, connection)
        }
    }

    /// Stores a new listing in one transaction, and hands on the messages that came of it.
    ///
    /// Throws `.conflict` where somebody was quicker between the question whether it is watched and the answer: the same
    /// form was sent twice.
    func storing(
        _ address: WebAddress,
        of owner: ID<Account>,
        _ write: @escaping @Sendable (any Connection) throws -> Recorded?
    ) async throws {
        let recorded: Recorded?
        do {
            recorded = try await database.transaction { try write($0) }
        } catch SQLError.constraint {
            let existing = try await database.read { try $0.listing(of: owner, url: address.text) }
            throw RequestError.conflict("You watch this address already.", existing: existing?.product.text)
        }
        if let recorded { try await record.outbox.enqueue(recorded.messages) }
    }
}

/// A product with its first listing and rule, ready to be stored.
private struct NewProduct: Sendable {
    let product: Product
    let listing: Listing
    let rule: Rule?

    init(product: Product, address: WebAddress, interval: Duration, target: Money?, confirmedStrategy: String?) {
        self.product = product
        listing = Listing(
            id: .make(at: product.created),
            product: product.id,
            owner: product.owner,
            address: address,
            interval: interval,
            due: product.created,
            created: product.created,
            confirmedStrategy: confirmedStrategy
        )
        rule = target.map { target in
            Rule(
                id: .make(at: product.created),
                owner: product.owner,
                product: product.id,
                kind: .targetPrice(target),
                since: product.created
            )
        }
    }
}

extension Listing {
    /// A new one as it is stored: a clock here that is ahead must not keep its first check waiting.
    func due(by clock: Timestamp) -> Listing {
        var listing = self
        listing.due = min(listing.due, clock)
        return listing
    }
}
