import SQL

extension Migration {
    /// When each account's report of all products comes, and what became of each.
    ///
    /// `digest_run` has one row for each account and due time, however many processes begin it. `manual_report` is what a
    /// person sees before sending it to somebody; no addresses are kept.
    static let m0013Digests = Migration(
        "M0013 digests",
        [
            """
            CREATE TABLE digest (
                account_id TEXT NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
                is_on BIGINT NOT NULL,
                rhythm TEXT NOT NULL,
                minute BIGINT,
                weekday BIGINT,
                pattern TEXT,
                zone TEXT NOT NULL,
                channels TEXT,
                next_at BIGINT,
                changed_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX digest_by_next ON digest (next_at) WHERE next_at IS NOT NULL",
            """
            CREATE TABLE digest_run (
                id TEXT NOT NULL PRIMARY KEY,
                account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
                due_at BIGINT NOT NULL,
                cause TEXT NOT NULL,
                state TEXT NOT NULL,
                started_at BIGINT NOT NULL,
                patience_until BIGINT NOT NULL,
                closed_at BIGINT,
                products BIGINT,
                messages BIGINT,
                note TEXT,
                UNIQUE (account_id, due_at)
            )
            """,
            "CREATE INDEX digest_run_open ON digest_run (started_at) WHERE state = 'checking'",
            """
            CREATE TABLE manual_report (
                id TEXT NOT NULL PRIMARY KEY,
                account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
                mail TEXT NOT NULL,
                products BIGINT NOT NULL,
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX manual_report_by_time ON manual_report (created_at)",
            """
            CREATE TABLE report_send (
                id TEXT NOT NULL PRIMARY KEY,
                account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
                recipients BIGINT NOT NULL,
                state TEXT NOT NULL,
                started_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX report_send_by_account ON report_send (account_id, started_at)",
        ]
    )
}
