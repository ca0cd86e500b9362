import SQL

extension Migration {
    /// What all processes share about shops: when the next request may start, who is asking, and who is left alone.
    static let m0002Sites = Migration(
        "M0002 sites",
        [
            """
            CREATE TABLE site (
                name TEXT NOT NULL PRIMARY KEY,
                next_start_at BIGINT,
                closed_until_at BIGINT,
                closed_status BIGINT,
                failures BIGINT NOT NULL DEFAULT 0,
                openings BIGINT NOT NULL DEFAULT 0,
                open_until_at BIGINT,
                probe_until_at BIGINT,
                trouble TEXT,
                changed_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX site_unwell ON site (name) WHERE failures > 0 OR closed_until_at IS NOT NULL",
            "CREATE INDEX site_by_change ON site (changed_at)",
            """
            CREATE TABLE site_place (
                id TEXT NOT NULL PRIMARY KEY,
                site TEXT NOT NULL,
                expires_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX site_place_by_end ON site_place (expires_at)",
            "CREATE INDEX site_place_by_site ON site_place (site, expires_at)",
        ]
    )
}
