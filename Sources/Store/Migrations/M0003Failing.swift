import SQL

extension Migration {
    /// What is told of failing listings.
    ///
    /// `site` is the shop's host name, which SQL cannot take from an address; listings from before this migration get it
    /// from the scheduler.
    static let m0003Failing = Migration(
        "M0003 failing",
        [
            "ALTER TABLE listing ADD COLUMN site TEXT",
            "ALTER TABLE listing ADD COLUMN failing_state TEXT",
            "ALTER TABLE listing ADD COLUMN failing_since_at BIGINT",
            "ALTER TABLE listing ADD COLUMN failing_outcome TEXT",
            "ALTER TABLE listing ADD COLUMN last_told_at BIGINT",
            "CREATE INDEX listing_by_site ON listing (owner_id, is_paused, site)",
            "CREATE INDEX listing_by_failing ON listing (failing_state, owner_id) WHERE failing_state IS NOT NULL",
            """
            CREATE TABLE site_failing (
                id TEXT NOT NULL PRIMARY KEY,
                owner_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
                site TEXT NOT NULL,
                trouble TEXT NOT NULL,
                state TEXT NOT NULL,
                since_at BIGINT NOT NULL,
                told_at BIGINT NOT NULL,
                tellings BIGINT NOT NULL,
                read_again_at BIGINT,
                UNIQUE (owner_id, site, trouble)
            )
            """,
            "CREATE INDEX site_failing_by_state ON site_failing (state, owner_id)",
        ]
    )
}
