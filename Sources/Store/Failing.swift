package import Model
package import SQL

extension Connection {
    /// Whose listings or shops fail in a way that there may be something to tell.
    package func ownersWithNews() throws -> [ID<Account>] {
        try rows(
            """
            SELECT owner_id FROM listing WHERE failing_state IN ('failing', 'recovered')
            UNION
            SELECT owner_id FROM site_failing WHERE state = 'failing'
            ORDER BY owner_id
            """
        ).map { try $0.id("owner_id") }
    }

    /// Those that fail, or were told to fail and can be read again; none that are paused.
    package func failingListings(of owner: ID<Account>) throws -> [Listing] {
        try rows(
            """
            SELECT * FROM listing
             WHERE failing_state IN ('failing', 'told', 'recovered') AND owner_id = \(owner)
             ORDER BY id
            """
        )
        // Asked of the database, this would lead it to the index over all of the owner's listings.
        .map(Listing.init(row:)).filter { !$0.isPaused }
    }

    /// How many listings of each shop are watched and not paused.
    package func watchedSites(of owner: ID<Account>) throws -> [String: Int] {
        let rows = try rows(
            """
            SELECT site, COUNT(*) AS n FROM listing
             WHERE owner_id = \(owner) AND is_paused = 0 AND site IS NOT NULL GROUP BY site
            """
        )
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.text("site"), try $0.int("n")) })
    }

    /// When one of the owner's listings was last answered by its shop, whatever the answer was.
    package func lastAnswer(of owner: ID<Account>) throws -> Timestamp? {
        let silent = Outcome.allCases.filter { $0.trouble == .connection || $0.trouble == .own }.map(\.rawValue)
        return try row(
            """
            SELECT MAX(last_check_at) AS at FROM listing
             WHERE owner_id = \(owner) AND is_paused = 0 AND last_outcome NOT IN \(list: silent)
            """
        )?.optionalTime("at")
    }

    /// When a page of each shop of the owner's was last read, whatever stood on it.
    package func lastReads(of owner: ID<Account>) throws -> [String: Timestamp] {
        let rows = try rows(
            """
            SELECT site, MAX(last_check_at) AS at FROM listing
             WHERE owner_id = \(owner) AND is_paused = 0 AND site IS NOT NULL
               AND last_outcome IN \(list: Outcome.allCases.filter(\.isReading).map(\.rawValue))
             GROUP BY site
            """
        )
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.text("site"), try $0.time("at")) })
    }

    /// Gives listings from before there was a column for it their shop, at most `limit`; says how many.
    package func fillSites(limit: Int) throws -> Int {
        let rows = try rows("SELECT id, url FROM listing WHERE site IS NULL LIMIT \(limit)")
        for row in rows {
            let site = try WebAddress(try row.text("url")).site
            try run("UPDATE listing SET site = \(site) WHERE id = \(try row.text("id"))")
        }
        return rows.count
    }

    /// Also those that are over.
    package func failingSites(of owner: ID<Account>) throws -> [SiteFailing] {
        try rows("SELECT * FROM site_failing WHERE owner_id = \(owner) ORDER BY site, trouble")
            .map(SiteFailing.init(row:))
    }

    package func save(_ site: SiteFailing) throws {
        try run(
            """
            INSERT INTO site_failing (id, owner_id, site, trouble, state, since_at, told_at, tellings, read_again_at)
            VALUES (
                \(site.id), \(site.owner), \(site.site), \(site.trouble.rawValue), \(site.state.rawValue),
                \(site.since), \(site.told), \(site.tellings), \(site.readAgain)
            )
            ON CONFLICT (id) DO UPDATE
               SET state = excluded.state, since_at = excluded.since_at, told_at = excluded.told_at,
                   tellings = excluded.tellings, read_again_at = excluded.read_again_at
            """
        )
    }

    /// What of its failing was told; everything else about the listing stays as it is.
    package func setFailing(of listing: Listing) throws {
        try run(
            """
            UPDATE listing
               SET failing_state = \(listing.failing?.state.rawValue), failing_since_at = \(listing.failing?.since),
                   failing_outcome = \(listing.failing?.outcome.rawValue), last_told_at = \(listing.lastTold)
             WHERE id = \(listing.id)
            """
        )
    }
}

extension SiteFailing {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.id("id"),
            owner: try row.id("owner_id"),
            site: try row.text("site"),
            trouble: try row.name("trouble"),
            state: try row.name("state"),
            since: try row.time("since_at"),
            told: try row.time("told_at"),
            tellings: try row.int("tellings"),
            readAgain: try row.optionalTime("read_again_at")
        )
    }
}
