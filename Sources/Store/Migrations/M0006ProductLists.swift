import SQL

extension Migration {
    /// What a page of a long list of products is read from.
    ///
    /// `changed_at` is when a believed price or availability of the product last moved; a product from before this
    /// migration gets it here, one that an older program added meanwhile goes by the time it was added.
    static let m0006ProductLists = Migration(
        "M0006 product lists",
        [
            "ALTER TABLE product ADD COLUMN changed_at BIGINT",
            """
            UPDATE product SET changed_at = (SELECT MAX(since_at) FROM listing WHERE listing.product_id = product.id)
            """,
            // The names stand at the end of each, so that a search reads no whole row before it has found one.
            "CREATE INDEX product_by_age ON product (owner_id, created_at, id, name)",
            "CREATE INDEX product_by_name ON product (owner_id, lower(name), id, name)",
            """
            CREATE INDEX product_by_change ON product (owner_id, COALESCE(changed_at, created_at), id, created_at, name)
            """,
            "CREATE INDEX listing_by_address ON listing (owner_id, url, product_id)",
            "CREATE INDEX rule_by_state ON rule (owner_id, state, product_id)",
            // The least and the greatest price are the first and the last entry, however long the history is.
            """
            CREATE INDEX history_run_by_price ON history_run (listing_id, currency, price_minor)
             WHERE standing = 'accepted' AND availability NOT IN ('outOfStock', 'discontinued')
            """,
        ]
    )
}
