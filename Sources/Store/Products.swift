package import Model
package import SQL

extension Connection {
    package func insert(_ product: Product) throws {
        try run(
            """
            INSERT INTO product (id, owner_id, name, image, created_at)
            VALUES (\(product.id), \(product.owner), \(product.name), \(product.image), \(product.created))
            """
        )
    }

    package func product(_ id: ID<Product>) throws -> Product? {
        try row("SELECT id, owner_id, name, image, created_at FROM product WHERE id = \(id)").map(Product.init(row:))
    }

    package func renameProduct(_ id: ID<Product>, to name: String) throws {
        try run("UPDATE product SET name = \(name) WHERE id = \(id)")
    }

    /// Fills in what an import could not know; a name or picture that a person sees already stays.
    package func describeProduct(
        _ id: ID<Product>,
        nameInsteadOf address: String,
        name: String?,
        image: String?,
        replacesImage: Bool = false
    ) throws {
        let picture: Statement = replacesImage ? "COALESCE(\(image), image)" : "COALESCE(image, \(image))"
        let isStale: Statement = replacesImage ? "(image IS NULL OR image <> \(image))" : "image IS NULL"
        try runLater(
            """
            UPDATE product
               SET name = CASE WHEN name = \(address) THEN COALESCE(\(name), name) ELSE name END,
                   image = \(picture)
             WHERE id = \(id)
               AND (
                   (name = \(address) AND \(name) IS NOT NULL)
                   OR (\(image) IS NOT NULL AND \(isStale))
               )
            """
        )
    }

    /// Listings, history, rules and check log go with it.
    package func deleteProduct(_ id: ID<Product>) throws {
        try run("DELETE FROM product WHERE id = \(id)")
    }
}

extension Product {
    init(row: Row) throws {
        self.init(
            id: try row.id("id"),
            owner: try row.id("owner_id"),
            name: try row.text("name"),
            image: try row.optionalText("image"),
            created: try row.time("created_at")
        )
    }
}
