import SQL

extension Migration {
    /// On PostgreSQL a listing that is taken or checked is written into each of its indexes anew, since its due time
    /// stands in one of them: those that another one can stand in for go.
    ///
    /// A SQLite file writes only into the index that holds what changed.
    static let m0010FewerIndexes = Migration(
        "M0010 fewer indexes",
        postgres: [
            "DROP INDEX listing_by_address",
            // Forbids what the constraint forbade, and holds what the index did.
            "CREATE UNIQUE INDEX listing_by_address ON listing (owner_id, url) INCLUDE (product_id)",
            "ALTER TABLE listing DROP CONSTRAINT listing_owner_id_url_key",
            "DROP INDEX listing_by_url",
        ]
    )
}
