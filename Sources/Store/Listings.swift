package import Model
package import SQL

extension Connection {
    /// Throws `SQLError.constraint` when the owner watches the address already.
    package func insert(_ listing: Listing) throws {
        try run(
            """
            INSERT INTO listing (
                id, product_id, owner_id, url, interval_ms, is_paused, due_at, queued_until, created_at,
                price_minor, currency, list_minor, list_currency, availability, since_at, last_outcome, last_check_at,
                last_note, failures, etag, last_modified, confirmed_strategy, site, failing_state, failing_since_at,
                failing_outcome, last_told_at, body_digest, window_days, window_from, window_to, window_zone,
                tolerance
            ) VALUES (
                \(listing.id), \(listing.product), \(listing.owner), \(listing.address.text),
                \(listing.interval.wholeMilliseconds), \(listing.isPaused), \(listing.due), 0, \(listing.created),
                \(listing.current?.price?.minor), \(listing.current?.price?.currency.code),
                \(listing.current?.listPrice?.minor), \(listing.current?.listPrice?.currency.code),
                \(listing.current?.availability.rawValue), \(listing.current?.since), \(listing.lastOutcome?.rawValue),
                \(listing.lastCheck), \(listing.lastNote), \(listing.failures), \(listing.validators.etag),
                \(listing.validators.lastModified), \(listing.confirmedStrategy), \(listing.address.site),
                \(listing.failing?.state.rawValue), \(listing.failing?.since), \(listing.failing?.outcome.rawValue),
                \(listing.lastTold), \(listing.validators.digest), \(listing.window?.days.rawValue), \(listing.window?.from), \(listing.window?.to),
                \(listing.window?.zone), \(listing.tolerance)
            )
            """
        )
    }

    package func listing(_ id: ID<Listing>) throws -> Listing? {
        try row("SELECT * FROM listing WHERE id = \(id)").map(Listing.init(row:))
    }

    package func listing(of owner: ID<Account>, url: String) throws -> Listing? {
        try row("SELECT * FROM listing WHERE owner_id = \(owner) AND url = \(url)").map(Listing.init(row:))
    }

    /// Whoever watches this address.
    package func listings(url: String) throws -> [Listing] {
        // PostgreSQL has an index of each owner's addresses only: it is asked seldom, and written often.
        let owners: Statement = engine == .postgres ? "owner_id IN (SELECT id FROM account) AND" : ""
        return try rows("SELECT * FROM listing WHERE \(owners) url = \(url) ORDER BY created_at, id")
            .map(Listing.init(row:))
    }

    /// Oldest first.
    package func listings(of product: ID<Product>) throws -> [Listing] {
        try rows("SELECT * FROM listing WHERE product_id = \(product) ORDER BY created_at, id").map(Listing.init(row:))
    }

    /// With its history and check log.
    package func deleteListing(_ id: ID<Listing>) throws {
        try run("DELETE FROM listing WHERE id = \(id)")
    }

    /// Oldest first, of all these products.
    package func listings(of products: [ID<Product>]) throws -> [Listing] {
        try rows("SELECT * FROM listing WHERE product_id IN \(list: products) ORDER BY created_at, id")
            .map(Listing.init(row:))
    }

    /// Takes up to `limit` due listings, most overdue first, and keeps others from taking them until `leaseEnd`.
    ///
    /// The due time stays as it is until the check is recorded: a taker that dies before its job is queued loses
    /// nothing, since the listing is offered again at `leaseEnd` and gives the same job.
    package func takeDueListings(limit: Int, now: Timestamp, leaseEnd: Timestamp) throws -> [DueListing] {
        let due: Statement =
            """
            FROM listing WHERE is_paused = 0 AND due_at <= \(now) AND queued_until <= \(now)
             ORDER BY due_at LIMIT \(limit) \(skipLocked)
            """
        // PostgreSQL goes from the rows that it has just locked to their places without looking them up again.
        let chosen: Statement =
            engine == .postgres ? "ctid = ANY (ARRAY (SELECT ctid \(due)))" : "id IN (SELECT id \(due))"
        return try rows(
            """
            UPDATE listing SET queued_until = \(leaseEnd) WHERE \(chosen)
            RETURNING id, product_id, url, due_at, window_days, window_from, window_to, window_zone
            """
        ).map { row in
            DueListing(
                id: try row.id("id"),
                product: try row.id("product_id"),
                url: try row.text("url"),
                due: try row.time("due_at"),
                window: try row.window()
            )
        }.sorted { $0.due < $1.due }
    }

    /// Since when the listing is due that waits longest for a job; nil when none does.
    package func oldestDue(now: Timestamp) throws -> Timestamp? {
        try row(
            """
            SELECT due_at FROM listing WHERE is_paused = 0 AND due_at <= \(now) AND queued_until <= \(now)
             ORDER BY due_at LIMIT 1
            """
        )?.time("due_at")
    }

    /// After the clock was set back: what was written by the clock of before is brought within reach.
    ///
    /// So is what was moved when the clock was set forward and then corrected: no check times, failures or shops move a
    /// check further from the last one than its interval and ten days. The due times stay spread over their interval.
    /// Doing it twice changes nothing. Looks at `limit` listings after `place`; gives the place of the next ones, nil after
    /// the last, so that others can write in between.
    package func mendFutureTimes(
        now: Timestamp,
        longestLease: Duration,
        after place: ID<Listing>? = nil,
        limit: Int
    ) throws -> ID<Listing>? {
        let start: Statement = place.map { "WHERE id > \($0)" } ?? ""
        let last = try row(
            "SELECT MAX(id) AS last FROM (SELECT id FROM listing \(start) ORDER BY id LIMIT \(limit)) AS part"
        )
        guard let last = try last?.optionalText("last").map(ID<Listing>.init) else { return nil }
        let part: Statement = place.map { "id > \($0) AND id <= \(last)" } ?? "id <= \(last)"
        let longestWait = Duration.days(10).wholeMilliseconds
        try run(
            """
            UPDATE listing SET due_at = \(now) + due_at % interval_ms
             WHERE \(part) AND due_at > \(now) + interval_ms
               AND (last_check_at > \(now) OR due_at > last_check_at + interval_ms + \(longestWait))
            """
        )
        try run("UPDATE listing SET due_at = \(now) WHERE \(part) AND due_at > \(now) AND last_check_at IS NULL")
        try run("UPDATE listing SET queued_until = 0 WHERE \(part) AND queued_until > \(now + longestLease)")
        return last
    }

    /// Offers what is due once more, also where it was taken: whoever took it may have died before it made a job.
    ///
    /// Where the job is there, making it again changes nothing, for its id is made of listing and due time.
    package func offerTakenListings(now: Timestamp) throws {
        try run(
            "UPDATE listing SET queued_until = 0 WHERE is_paused = 0 AND due_at <= \(now) AND queued_until > \(now)"
        )
    }

    /// After the clock was set forward by `span`: what was not due before keeps its distance.
    package func postponeListings(dueAfter before: Timestamp, by span: Duration, now: Timestamp) throws {
        try run(
            """
            UPDATE listing SET due_at = due_at + \(span.wholeMilliseconds)
             WHERE is_paused = 0 AND due_at > \(before) AND due_at <= \(now)
            """
        )
    }

    /// What a check leaves on its listing.
    package func update(_ listing: Listing) throws {
        try runLater(
            """
            UPDATE listing
               SET due_at = \(listing.due), queued_until = 0,
                   price_minor = \(listing.current?.price?.minor), currency = \(listing.current?.price?.currency.code),
                   list_minor = \(listing.current?.listPrice?.minor),
                   list_currency = \(listing.current?.listPrice?.currency.code),
                   availability = \(listing.current?.availability.rawValue), since_at = \(listing.current?.since),
                   last_outcome = \(listing.lastOutcome?.rawValue),
                   last_check_at = \(listing.lastCheck), last_note = \(listing.lastNote), failures = \(listing.failures),
                   etag = \(listing.validators.etag), last_modified = \(listing.validators.lastModified),
                   body_digest = \(listing.validators.digest),
                   confirmed_strategy = \(listing.confirmedStrategy),
                   failing_state = \(listing.failing?.state.rawValue), failing_since_at = \(listing.failing?.since),
                   failing_outcome = \(listing.failing?.outcome.rawValue), last_told_at = \(listing.lastTold)
             WHERE id = \(listing.id)
            """
        )
    }

    package func setInterval(_ interval: Duration, of id: ID<Listing>, due: Timestamp) throws {
        try run(
            "UPDATE listing SET interval_ms = \(interval.wholeMilliseconds), due_at = \(due) WHERE id = \(id)"
        )
    }

    /// nil for the standard.
    package func setTolerance(_ tolerance: Double?, of id: ID<Listing>) throws {
        try runLater("UPDATE listing SET tolerance = \(tolerance) WHERE id = \(id)")
    }

    /// nil for at any time.
    package func setWindow(_ window: WeeklyHours?, of id: ID<Listing>, due: Timestamp) throws {
        try run(
            """
            UPDATE listing
               SET window_days = \(window?.days.rawValue), window_from = \(window?.from), window_to = \(window?.to),
                   window_zone = \(window?.zone), due_at = \(due)
             WHERE id = \(id)
            """
        )
    }

    /// The time zone that the owner chose last for a window; nil when there is none.
    package func windowZone(of owner: ID<Account>) throws -> String? {
        try row(
            """
            SELECT window_zone FROM listing
             WHERE owner_id = \(owner) AND window_zone IS NOT NULL ORDER BY created_at DESC, id DESC LIMIT 1
            """
        )?.optionalText("window_zone")
    }

    /// Gives back a listing that was taken and may not be checked before `due`.
    package func postpone(_ id: ID<Listing>, to due: Timestamp) throws {
        try runLater("UPDATE listing SET due_at = \(due), queued_until = 0 WHERE id = \(id)")
    }

    package func setPaused(_ isPaused: Bool, of id: ID<Listing>) throws {
        try run("UPDATE listing SET is_paused = \(isPaused) WHERE id = \(id)")
    }

    /// Keeps the scheduler from making a job of it while one waits.
    package func setQueued(_ id: ID<Listing>, until moment: Timestamp) throws {
        try run("UPDATE listing SET queued_until = \(moment) WHERE id = \(id)")
    }

    /// Whether a check of it waits or runs.
    package func isQueued(_ id: ID<Listing>, now: Timestamp) throws -> Bool {
        try row("SELECT 1 AS found FROM listing WHERE id = \(id) AND queued_until > \(now)") != nil
    }
}

/// A listing whose check is due.
package struct DueListing: Hashable, Sendable {
    package let id: ID<Listing>
    package let product: ID<Product>
    package let url: String
    package let due: Timestamp
    /// When it may be checked; nil for at any time.
    package let window: WeeklyHours?
}

extension Listing {
    init(row: Row) throws {
        let url = try row.text("url")
        let current: Current? = try row.optionalName("availability", as: Availability.self).map { availability in
            Current(
                price: try row.money("price_minor"),
                listPrice: try row.money("list_minor", currency: "list_currency"),
                availability: availability,
                since: try row.time("since_at")
            )
        }
        let failing: Failing? = try row.optionalName("failing_state", as: Failing.State.self).map { state in
            Failing(state: state, since: try row.time("failing_since_at"), outcome: try row.name("failing_outcome"))
        }
        self.init(
            id: try row.id("id"),
            product: try row.id("product_id"),
            owner: try row.id("owner_id"),
            address: try WebAddress(url),
            interval: .milliseconds(try row.int("interval_ms")),
            isPaused: try row.bool("is_paused"),
            window: try row.window(),
            due: try row.time("due_at"),
            created: try row.time("created_at"),
            current: current,
            lastOutcome: try row.optionalName("last_outcome"),
            lastCheck: try row.optionalTime("last_check_at"),
            lastNote: try row.optionalText("last_note"),
            failures: try row.int("failures"),
            failing: failing,
            lastTold: try row.optionalTime("last_told_at"),
            validators: Validators(
                etag: try row.optionalText("etag"),
                lastModified: try row.optionalText("last_modified"),
                digest: try row.optionalText("body_digest")
            ),
            confirmedStrategy: try row.optionalText("confirmed_strategy"),
            tolerance: try row.optionalDouble("tolerance")
        )
    }
}

extension Row {
    /// nil for at any time.
    fileprivate func window() throws -> WeeklyHours? {
        guard let days = try optionalInt("window_days") else { return nil }
        do {
            return try WeeklyHours(
                days: Weekdays(rawValue: days),
                from: try int("window_from"),
                to: try int("window_to"),
                zone: try text("window_zone")
            )
        } catch is WeeklyHoursError {
            throw SQLError.column("window_days", "and its neighbours are no times for checks")
        }
    }
}
