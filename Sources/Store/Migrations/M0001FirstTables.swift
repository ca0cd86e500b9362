import SQL

extension Migration {
    /// Times are milliseconds since 1970, money is minor units beside a currency code, flags are 0 and 1.
    static let m0001FirstTables = Migration(
        "M0001 first tables",
        [
            """
            CREATE TABLE account (
                id TEXT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                password TEXT NOT NULL,
                created_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE invitation (
                secret_hash TEXT NOT NULL PRIMARY KEY,
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE session (
                secret_hash TEXT NOT NULL PRIMARY KEY,
                account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
                form_token TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX session_by_expiry ON session (expires_at)",
            "CREATE INDEX session_by_account ON session (account_id)",
            """
            CREATE TABLE token (
                id TEXT NOT NULL PRIMARY KEY,
                account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
                name TEXT NOT NULL,
                secret_hash TEXT NOT NULL UNIQUE,
                rights TEXT NOT NULL,
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX token_by_account ON token (account_id)",
            """
            CREATE TABLE sign_in_failure (
                id TEXT NOT NULL PRIMARY KEY,
                subject TEXT NOT NULL,
                at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX sign_in_failure_by_subject ON sign_in_failure (subject, at)",
            "CREATE INDEX sign_in_failure_by_time ON sign_in_failure (at)",
            """
            CREATE TABLE product (
                id TEXT NOT NULL PRIMARY KEY,
                owner_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
                name TEXT NOT NULL,
                image TEXT,
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX product_by_owner ON product (owner_id, created_at)",
            """
            CREATE TABLE listing (
                id TEXT NOT NULL PRIMARY KEY,
                product_id TEXT NOT NULL REFERENCES product (id) ON DELETE CASCADE,
                owner_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
                url TEXT NOT NULL,
                interval_ms BIGINT NOT NULL,
                is_paused BIGINT NOT NULL,
                due_at BIGINT NOT NULL,
                queued_until BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                price_minor BIGINT,
                list_minor BIGINT,
                list_currency TEXT,
                currency TEXT,
                availability TEXT,
                since_at BIGINT,
                last_outcome TEXT,
                last_check_at BIGINT,
                last_note TEXT,
                failures BIGINT NOT NULL,
                etag TEXT,
                last_modified TEXT,
                confirmed_strategy TEXT,
                UNIQUE (owner_id, url)
            )
            """,
            "CREATE INDEX listing_by_product ON listing (product_id)",
            "CREATE INDEX listing_by_url ON listing (url)",
            "CREATE INDEX listing_by_due ON listing (is_paused, due_at, queued_until, id)",
            """
            CREATE TABLE history_run (
                id TEXT NOT NULL PRIMARY KEY,
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
                doubt TEXT
            )
            """,
            "CREATE INDEX history_run_by_listing ON history_run (listing_id, from_at)",
            """
            CREATE TABLE check_log (
                job TEXT NOT NULL PRIMARY KEY,
                listing_id TEXT NOT NULL REFERENCES listing (id) ON DELETE CASCADE,
                at BIGINT NOT NULL,
                took_ms BIGINT NOT NULL,
                outcome TEXT NOT NULL,
                status BIGINT,
                price_minor BIGINT,
                currency TEXT,
                standing TEXT,
                note TEXT
            )
            """,
            "CREATE INDEX check_log_by_listing ON check_log (listing_id, at)",
            "CREATE INDEX check_log_by_time ON check_log (at)",
            """
            CREATE TABLE rule (
                id TEXT NOT NULL PRIMARY KEY,
                owner_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
                product_id TEXT NOT NULL REFERENCES product (id) ON DELETE CASCADE,
                kind TEXT NOT NULL,
                target_minor BIGINT,
                currency TEXT,
                state TEXT NOT NULL,
                since_at BIGINT NOT NULL,
                firings BIGINT NOT NULL
            )
            """,
            "CREATE INDEX rule_by_product ON rule (product_id)",
            "CREATE INDEX rule_by_owner ON rule (owner_id)",
            """
            CREATE TABLE channel (
                id TEXT NOT NULL PRIMARY KEY,
                owner_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
                plugin TEXT NOT NULL,
                name TEXT NOT NULL,
                options TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                problem TEXT,
                last_delivery_at BIGINT
            )
            """,
            "CREATE INDEX channel_by_owner ON channel (owner_id)",
            """
            CREATE TABLE message (
                id TEXT NOT NULL PRIMARY KEY,
                channel_id TEXT NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
                idempotency_key TEXT NOT NULL UNIQUE,
                subject TEXT NOT NULL,
                content TEXT NOT NULL,
                state TEXT NOT NULL,
                attempts BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                delivered_at BIGINT,
                problem TEXT
            )
            """,
            "CREATE INDEX message_by_channel ON message (channel_id, created_at)",
            "CREATE INDEX message_pending ON message (created_at) WHERE state = 'pending'",
            """
            CREATE TABLE preview (
                id TEXT NOT NULL PRIMARY KEY,
                owner_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
                url TEXT NOT NULL,
                answered TEXT NOT NULL,
                status BIGINT,
                took_ms BIGINT NOT NULL,
                reading TEXT NOT NULL,
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX preview_by_time ON preview (created_at)",
        ]
    )
}
