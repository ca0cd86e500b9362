package import Model
package import SQL

/// What is stored of a shop that is not simply well.
package struct SiteRow: Hashable, Sendable {
    package let name: String
    package var closedUntil: Timestamp?
    package var closedStatus: Int?
    package var failures = 0
    package var openings = 0
    package var openUntil: Timestamp?
    package var probeUntil: Timestamp?
    package var trouble: String?

    package init(name: String) {
        self.name = name
    }
}

/// The place of one request at a shop.
package enum SitePlace {}

extension Connection {
    /// By the clock that all processes share.
    package func clock() throws -> Timestamp { Timestamp(milliseconds: try clockMilliseconds()) }

    /// Until the transaction ends, others that look at the same shop in order to change what is known of it wait.
    package func lockSite(_ name: String) throws { try lock("site \(name)") }

    /// Those that failed last or asked to be left alone.
    package func unwellSites() throws -> [SiteRow] {
        try rows("SELECT * FROM site WHERE failures > 0 OR closed_until_at IS NOT NULL").map(SiteRow.init(row:))
    }

    /// nil for one of which nothing is known.
    package func site(_ name: String) throws -> SiteRow? {
        try row("SELECT * FROM site WHERE name = \(name)").map(SiteRow.init(row:))
    }

    /// When its next request may start stays as it is.
    package func save(_ site: SiteRow, now: Timestamp) throws {
        try runLater(
            """
            INSERT INTO site (
                name, closed_until_at, closed_status, failures, openings, open_until_at, probe_until_at, trouble,
                changed_at
            )
            VALUES (
                \(site.name), \(site.closedUntil), \(site.closedStatus), \(site.failures), \(site.openings),
                \(site.openUntil), \(site.probeUntil), \(site.trouble), \(now)
            )
            ON CONFLICT (name) DO UPDATE
               SET closed_until_at = excluded.closed_until_at, closed_status = excluded.closed_status,
                   failures = excluded.failures, openings = excluded.openings, open_until_at = excluded.open_until_at,
                   probe_until_at = excluded.probe_until_at, trouble = excluded.trouble, changed_at = excluded.changed_at
            """
        )
    }

    /// How many requests are under way at a shop; those whose process must have died, or whose end was written by a
    /// clock that was wrong, are forgotten.
    package func countPlaces(at site: String, now: Timestamp) throws -> Int {
        try runLater(
            "DELETE FROM site_place WHERE site = \(site) AND (expires_at <= \(now) OR expires_at > \(now + .days(1)))"
        )
        return try row("SELECT COUNT(*) AS n FROM site_place WHERE site = \(site)")?.int("n") ?? 0
    }

    /// Reserves the next start at a shop; says when it is.
    ///
    /// No more than `concurrency` starts are reserved at a time, so one that is further away was written before the clock
    /// was set back: then the line begins anew.
    package func takeStart(at site: String, pause: Duration, concurrency: Int, now: Timestamp) throws -> Timestamp {
        let next = try row("SELECT next_start_at FROM site WHERE name = \(site)")?.optionalInt("next_start_at") ?? 0
        let furthest = pause * Double(concurrency + 1) + .minutes(1)
        let isFarOff = next - now.milliseconds > furthest.wholeMilliseconds
        let start = Timestamp(milliseconds: isFarOff ? now.milliseconds : max(now.milliseconds, next))
        try runLater(
            """
            INSERT INTO site (name, next_start_at, changed_at) VALUES (\(site), \(start + pause), \(now))
            ON CONFLICT (name) DO UPDATE
               SET next_start_at = excluded.next_start_at, changed_at = excluded.changed_at
            """
        )
        return start
    }

    package func insertPlace(_ id: ID<SitePlace>, at site: String, expires: Timestamp) throws {
        try runLater("INSERT INTO site_place (id, site, expires_at) VALUES (\(id), \(site), \(expires))")
    }

    package func deletePlace(_ id: ID<SitePlace>) throws {
        try runLater("DELETE FROM site_place WHERE id = \(id)")
    }

    /// Forgets what has not changed since `before`; says of how many shops.
    package func deleteSites(unchangedSince before: Timestamp) throws -> Int {
        try run("DELETE FROM site_place WHERE expires_at <= \(before)")
        return try run("DELETE FROM site WHERE changed_at <= \(before)")
    }
}

extension SiteRow {
    fileprivate init(row: Row) throws {
        self.init(name: try row.text("name"))
        closedUntil = try row.optionalTime("closed_until_at")
        closedStatus = try row.optionalInt("closed_status")
        failures = try row.int("failures")
        openings = try row.int("openings")
        openUntil = try row.optionalTime("open_until_at")
        probeUntil = try row.optionalTime("probe_until_at")
        trouble = try row.optionalText("trouble")
    }
}
