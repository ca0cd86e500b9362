extension StoreSchema {
    /// What an export holds, each table after those that it refers to.
    package static let moved: [MovedTable] = [
        MovedTable(
            "account",
            // No text that could be a password's hash, so nobody gets in until a password is set.
            [.text("id"), .text("name"), .secret("password", insteadOf: "none"), .integer("created_at")]
        ),
        MovedTable(
            "token",
            isSecret: true,
            [
                .text("id"), .text("account_id"), .text("name"), .text("secret_hash"), .text("rights"),
                .integer("created_at"),
            ]
        ),
        MovedTable(
            "product",
            [
                .text("id"), .text("owner_id"), .text("name"), .text("image"), .integer("created_at"),
                .integer("changed_at"),
            ]
        ),
        listing,
        MovedTable(
            "history_run",
            [
                .text("id"), .text("listing_id"), .integer("from_at"), .integer("to_at"), .integer("checks"),
                .integer("price_minor"), .integer("list_minor"), .text("list_currency"), .text("currency"),
                .text("availability"), .text("standing"), .text("strategy"), .real("confidence"), .text("evidence"),
                .text("doubt"), .text("doubt_owner_id"),
            ]
        ),
        MovedTable(
            "check_log",
            [
                .text("job"), .text("listing_id"), .integer("at"), .integer("took_ms"), .text("outcome"),
                .integer("status"), .integer("price_minor"), .text("currency"), .text("standing"), .text("note"),
            ]
        ),
        MovedTable(
            "rule",
            [
                .text("id"), .text("owner_id"), .text("product_id"), .text("kind"), .integer("target_minor"),
                .text("currency"), .text("state"), .integer("since_at"), .integer("firings"), .integer("amount"),
                .integer("cool_down_ms"), .integer("expires_at"), .integer("snoozed_until"), .integer("fired_at"),
                .integer("reference_minor"), .text("reference_currency"),
            ]
        ),
        channel,
        MovedTable(
            "message",
            [
                .text("id"), .text("channel_id"), .text("idempotency_key"), .text("subject"), .text("content"),
                .text("state"), .integer("attempts"), .integer("created_at"), .integer("delivered_at"),
                .text("problem"), .integer("held_until"), .integer("withdrawn_at"), .text("product_id"),
                .text("ground"),
            ]
        ),
        MovedTable(
            "quiet_hours",
            [
                .text("owner_id"), .integer("days"), .integer("from_minute"), .integer("to_minute"), .text("zone"),
            ]
        ),
        MovedTable(
            "digest",
            [
                .text("account_id"), .integer("is_on"), .text("rhythm"), .integer("minute"), .integer("weekday"),
                .text("pattern"), .text("zone"), .text("channels"), .integer("next_at"), .integer("changed_at"),
            ]
        ),
        MovedTable(
            "digest_run",
            [
                .text("id"), .text("account_id"), .integer("due_at"), .text("cause"), .text("state"),
                .integer("started_at"), .integer("patience_until"), .integer("closed_at"), .integer("products"),
                .integer("messages"), .text("note"),
            ]
        ),
        MovedTable(
            "site_failing",
            [
                .text("id"), .text("owner_id"), .text("site"), .text("trouble"), .text("state"), .integer("since_at"),
                .integer("told_at"), .integer("tellings"), .integer("read_again_at"),
            ]
        ),
        MovedTable(
            "site",
            [
                .text("name"), .integer("next_start_at"), .integer("closed_until_at"), .integer("closed_status"),
                .integer("failures"), .integer("openings"), .integer("open_until_at"), .integer("probe_until_at"),
                .text("trouble"), .integer("changed_at"),
            ]
        ),
    ]

    private static let listing = MovedTable(
        "listing",
        [
            .text("id"), .text("product_id"), .text("owner_id"), .text("url"), .integer("interval_ms"),
            .integer("is_paused"), .integer("due_at"), .integer("queued_until"), .integer("created_at"),
            .integer("price_minor"), .integer("list_minor"), .text("list_currency"), .text("currency"),
            .text("availability"), .integer("since_at"), .text("last_outcome"), .integer("last_check_at"),
            .text("last_note"), .integer("failures"), .text("etag"), .text("last_modified"),
            .text("confirmed_strategy"), .text("site"), .text("failing_state"), .integer("failing_since_at"),
            .text("failing_outcome"), .integer("last_told_at"), .text("body_digest"), .integer("window_days"),
            .integer("window_from"), .integer("window_to"), .text("window_zone"), .real("tolerance"),
        ]
    )

    /// Its options hold secrets among others; only the plugin knows which.
    package static let channel = MovedTable(
        "channel",
        [
            .text("id"), .text("owner_id"), .text("plugin"), .text("name"), .text("options"), .integer("created_at"),
            .text("problem"), .integer("last_delivery_at"), .text("subject_template"), .text("text_template"),
        ]
    )

    /// What an export does not hold, of all rooms.
    package static let leftOut: [LeftOut] = [
        LeftOut("leadership", "Which process acts at this moment."),
        LeftOut("invitation", "A link that works for an hour; the new place prints its own."),
        LeftOut("session", "People sign in again at the new place."),
        LeftOut("sign_in_failure", "Counts for 15 minutes."),
        LeftOut("preview", "Is kept for a day, until somebody saves what they saw."),
        LeftOut("manual_report", "Is kept for 15 minutes, until somebody sends what they saw."),
        LeftOut("report_send", "Counts for a day."),
        LeftOut("site_place", "The requests that are under way at this moment."),
        LeftOut("import_position", "How far an import into this database has come."),
        LeftOut("job", "Made again from due times and messages that wait."),
        LeftOut("job_pause", "Whether the old place's workers were paused."),
        LeftOut("job_scheduler", "Made again from the settings at every start."),
        LeftOut("schema_migration", "Is about the database it stands in; the names stand in the export's head."),
    ]
}
