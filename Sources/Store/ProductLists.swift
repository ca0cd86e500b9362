package import Model
package import SQL

/// A place in an ordered list of products: right at one of them, which may be gone by now.
package struct ProductPlace: Hashable, Sendable {
    /// What the list is ordered by: milliseconds, or a name in small letters.
    package let key: Value
    package let id: ID<Product>

    package init(key: Value, id: ID<Product>) {
        self.key = key
        self.id = id
    }
}

extension Connection {
    /// Up to `limit` products beyond `place`, or from the beginning, each with its own place.
    ///
    /// Backwards, those before the place, the nearest first.
    package func products(
        of owner: ID<Account>,
        _ selection: ProductSelection,
        beyond place: ProductPlace? = nil,
        backwards: Bool = false,
        limit: Int
    ) throws -> [(product: Product, place: ProductPlace)] {
        let key = selection.order.key
        let isRising = (selection.order == .name) != backwards
        // Not as a comparison of pairs: with an expression in it, SQLite would not begin at the place in the index.
        let beyond: Statement =
            place.map { place in
                isRising
                    ? "AND \(key) >= \(place.key) AND (\(key) > \(place.key) OR id > \(place.id))"
                    : "AND \(key) <= \(place.key) AND (\(key) < \(place.key) OR id < \(place.id))"
            } ?? ""
        let direction: Statement = isRising ? "ASC" : "DESC"
        return try rows(
            """
            SELECT id, owner_id, name, image, created_at, \(key) AS place FROM product
             WHERE owner_id = \(owner) \(beyond) \(selection.condition(owner, engine))
             ORDER BY \(key) \(direction), id \(direction) LIMIT \(limit)
            """
        ).map { row in
            let product = try Product(row: row)
            let key: Value =
                selection.order == .name ? .text(try row.text("place")) : .integer(try row.int("place"))
            return (product, ProductPlace(key: key, id: product.id))
        }
    }

    /// How many products the account has.
    package func countProducts(of owner: ID<Account>) throws -> Int {
        try row("SELECT COUNT(*) AS n FROM product WHERE owner_id = \(owner)")?.int("n") ?? 0
    }

    /// How many products are selected; counts no further than `limit`.
    package func countProducts(of owner: ID<Account>, _ selection: ProductSelection, limit: Int) throws -> Int {
        try row(
            """
            SELECT COUNT(*) AS n FROM (
                SELECT 1 AS found FROM product WHERE owner_id = \(owner) \(selection.condition(owner, engine)) LIMIT \(limit)
            ) AS selected
            """
        )?.int("n") ?? 0
    }

    /// How many products' target prices were reached.
    package func countProductsAtTarget(of owner: ID<Account>) throws -> Int {
        try row(
            """
            SELECT COUNT(DISTINCT product_id) AS n FROM rule WHERE owner_id = \(owner) AND state = 'fired' AND kind = 'target-price'
            """
        )?.int("n") ?? 0
    }

    /// A believed price or availability of the product has moved.
    package func setChanged(_ id: ID<Product>, at moment: Timestamp) throws {
        try runLater("UPDATE product SET changed_at = \(moment) WHERE id = \(id)")
    }
}

extension ProductSelection.Order {
    fileprivate var key: Statement {
        switch self {
        case .newest: "created_at"
        case .name: "lower(name)"
        case .changed: "COALESCE(changed_at, created_at)"
        }
    }
}

extension ProductSelection {
    fileprivate func condition(_ owner: ID<Account>, _ engine: Engine) -> Statement {
        let filtered: Statement =
            switch filter {
            case .target:
                "AND id IN (SELECT product_id FROM rule WHERE owner_id = \(owner) AND state = 'fired' AND kind = 'target-price')"
            case .failing:
                """
                AND id IN (
                    -- The sum keeps SQLite from the index over all listings that are not paused.
                    SELECT product_id FROM listing
                     WHERE failing_state IN ('failing', 'told') AND owner_id = \(owner) AND is_paused + 0 = 0
                )
                """
            case nil: ""
            }
        guard !search.isEmpty else { return filtered }
        // Capitals and small letters of the Latin alphabet count alike, as LIKE does by itself in SQLite. `lower` would
        // say so for every engine, and make a search through 100,000 products take three times as long.
        let like: Statement = engine == .postgres ? "ILIKE" : "LIKE"
        let pattern = "%\(search.escapedForLike)%"
        return """
            \(filtered) AND (
                name \(like) \(pattern) ESCAPE '!'
                OR id IN (
                    SELECT product_id FROM listing
                     WHERE owner_id = \(owner) AND url \(like) \(pattern) ESCAPE '!'
                )
            )
            """
    }
}

extension String {
    fileprivate var escapedForLike: String {
        reduce(into: "") { text, character in
            if character == "%" || character == "_" || character == "!" { text += "!" }
            text.append(character)
        }
    }
}
