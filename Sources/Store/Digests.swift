package import Model
package import SQL

extension Connection {
    /// nil where the account never chose anything.
    package func digest(of owner: ID<Account>) throws -> Digest? {
        try row("SELECT * FROM digest WHERE account_id = \(owner)").map(Digest.init(row:))
    }

    /// Of all accounts, by account.
    package func digestsThatAreOn() throws -> [Digest] {
        try rows("SELECT * FROM digest WHERE is_on = 1 ORDER BY account_id").map(Digest.init(row:))
    }

    /// Whether a report is due or being made; costs less than looking which.
    package func hasDigestWork(now: Timestamp) throws -> Bool {
        try row(
            """
            SELECT 1 AS found FROM digest WHERE next_at <= \(now)
             UNION ALL SELECT 1 FROM digest_run WHERE state = 'checking' LIMIT 1
            """
        ) != nil
    }

    /// Those that are due, most overdue first; others that would begin or change them wait until the transaction ends.
    package func dueDigests(now: Timestamp) throws -> [Digest] {
        try rows("SELECT * FROM digest WHERE next_at <= \(now) ORDER BY next_at, account_id \(forUpdate)")
            .map(Digest.init(row:))
    }

    /// Whoever listens to `digestNews` hears of it.
    package func save(_ digest: Digest) throws {
        try announce(digestSubject)
        let (rhythm, minute, weekday, pattern): (String, Int?, Int?, String?) =
            switch digest.rhythm {
            case .daily(let minute): ("daily", minute, nil, nil)
            case .weekly(let weekday, let minute): ("weekly", minute, weekday, nil)
            case .cron(let cron): ("cron", nil, nil, cron.pattern)
            }
        try run(
            """
            INSERT INTO digest (
                account_id, is_on, rhythm, minute, weekday, pattern, zone, channels, next_at, changed_at
            ) VALUES (
                \(digest.owner), \(digest.isOn), \(rhythm), \(minute), \(weekday), \(pattern), \(digest.zone),
                \(try digest.channels.map(jsonText)), \(digest.next), \(digest.changed)
            )
            ON CONFLICT (account_id) DO UPDATE
               SET is_on = excluded.is_on, rhythm = excluded.rhythm, minute = excluded.minute,
                   weekday = excluded.weekday, pattern = excluded.pattern, zone = excluded.zone,
                   channels = excluded.channels, next_at = excluded.next_at, changed_at = excluded.changed_at
            """
        )
    }

    package func setNext(_ next: Timestamp?, ofDigestOf owner: ID<Account>) throws {
        try run("UPDATE digest SET next_at = \(next) WHERE account_id = \(owner)")
    }
}

private let digestSubject = "digest"

extension Database {
    /// One for each time that what somebody wants of their reports was changed, or may have been.
    ///
    /// Ends at once where no other process can tell.
    package var digestNews: AsyncStream<Void> { announcements(of: digestSubject) }
}

extension Digest {
    fileprivate init(row: Row) throws {
        let rhythm: Rhythm
        switch try row.text("rhythm") {
        case "daily": rhythm = .daily(minute: try row.int("minute"))
        case "weekly": rhythm = .weekly(weekday: try row.int("weekday"), minute: try row.int("minute"))
        case "cron": rhythm = .cron(try Cron(try row.text("pattern")))
        case let other: throw SQLError.column("rhythm", "has the unknown value “\(other.prefix(40))”")
        }
        self.init(
            owner: try row.id("account_id"),
            isOn: try row.bool("is_on"),
            rhythm: rhythm,
            zone: try row.text("zone"),
            channels: try row.optionalText("channels") == nil ? nil : try row.json("channels"),
            next: try row.optionalTime("next_at"),
            changed: try row.time("changed_at")
        )
    }
}
