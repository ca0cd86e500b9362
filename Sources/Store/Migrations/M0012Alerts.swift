import SQL

extension Migration {
    /// More kinds of rules, prices that wait for a person's word, and hours in which nobody is told.
    ///
    /// `amount` is the percent or the days of a rule's kind. `tolerance` is what a person's answers taught of a listing.
    /// A message with `held_until` is not delivered before.
    static let m0012Alerts = Migration(
        "M0012 alerts",
        [
            "ALTER TABLE rule ADD COLUMN amount BIGINT",
            "ALTER TABLE rule ADD COLUMN cool_down_ms BIGINT",
            "ALTER TABLE rule ADD COLUMN expires_at BIGINT",
            "ALTER TABLE rule ADD COLUMN snoozed_until BIGINT",
            "ALTER TABLE rule ADD COLUMN fired_at BIGINT",
            "ALTER TABLE rule ADD COLUMN reference_minor BIGINT",
            "ALTER TABLE rule ADD COLUMN reference_currency TEXT",
            // Stands in for the one by state alone.
            "CREATE INDEX rule_by_kind ON rule (owner_id, kind, state, product_id)",
            "DROP INDEX rule_by_state",
            "ALTER TABLE listing ADD COLUMN tolerance DOUBLE PRECISION",
            "ALTER TABLE message ADD COLUMN held_until BIGINT",
            "CREATE INDEX message_held ON message (held_until) WHERE state = 'pending' AND held_until IS NOT NULL",
            "CREATE INDEX history_run_suspect ON history_run (listing_id, from_at) WHERE standing = 'suspect'",
            """
            CREATE TABLE quiet_hours (
                owner_id TEXT NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
                days BIGINT NOT NULL,
                from_minute BIGINT NOT NULL,
                to_minute BIGINT NOT NULL,
                zone TEXT NOT NULL
            )
            """,
        ]
    )
}
