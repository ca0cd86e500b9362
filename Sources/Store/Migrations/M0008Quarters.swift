import SQL

extension Migration {
    /// On PostgreSQL the history lies in one table for each quarter of a year, by when a run began, so that old ones go
    /// by dropping a table; what no quarter was made for lies in the last one.
    ///
    /// A SQLite file gains nothing by that.
    static let m0008Quarters = Migration(
        "M0008 quarters",
        postgres: [
            "ALTER TABLE history_run RENAME TO history_run_whole",
            "DROP INDEX history_run_by_listing",
            "DROP INDEX history_run_by_price",
            """
            CREATE TABLE history_run (
                id TEXT NOT NULL,
                listing_id TEXT NOT NULL REFERENCES listing (id) ON DELETE CASCADE,
                from_at BIGINT NOT NULL,
                to_at BIGINT NOT NULL,
                checks BIGINT NOT NULL,
                price_minor BIGINT,
                list_minor BIGINT,
                list_currency TEXT,
                currency TEXT,
                availability TEXT NOT NULL,
                standing TEXT NOT NULL,
                strategy TEXT,
                confidence DOUBLE PRECISION NOT NULL,
                evidence TEXT NOT NULL,
                doubt TEXT,
                PRIMARY KEY (id, from_at)
            ) PARTITION BY RANGE (from_at)
            """,
            "CREATE INDEX history_run_by_listing ON history_run (listing_id, from_at)",
            """
            CREATE INDEX history_run_by_price ON history_run (listing_id, currency, price_minor)
             WHERE standing = 'accepted' AND availability NOT IN ('outOfStock', 'discontinued')
            """,
            "CREATE TABLE history_run_other PARTITION OF history_run DEFAULT",
            """
            INSERT INTO history_run SELECT
                id, listing_id, from_at, to_at, checks, price_minor, list_minor, list_currency, currency, availability,
                standing, strategy, confidence, evidence, doubt
              FROM history_run_whole
            """,
            "DROP TABLE history_run_whole",
        ]
    )
}
