package import Model
package import SQL

/// The history by quarters of a year: tables of their own on PostgreSQL, nothing but a border of time on SQLite.
extension Connection {
    /// Sees to a table for each quarter from `first` to `last`, and moves what was written before there was one into it.
    package func prepareHistory(from first: Timestamp, to last: Timestamp) throws {
        guard engine == .postgres else { return }
        try lock("history quarters")
        try takeTime()
        let known = Set(try historyQuarters())
        var quarter = Quarter(first)
        while quarter.start <= last {
            if !known.contains(quarter) { try makeTable(of: quarter) }
            quarter = quarter.next
        }
    }

    private func historyQuarters() throws -> [Quarter] {
        try rows(
            """
            SELECT part.relname AS name FROM pg_inherits JOIN pg_class AS part ON part.oid = inhrelid
             WHERE inhparent = to_regclass('history_run')
            """
        ).compactMap { Quarter(try $0.text("name").dropFirst(Self.prefix.count)) }
    }

    private static var prefix: String { "history_run_" }

    private func makeTable(of quarter: Quarter) throws {
        let (table, start, end) = (
            Self.prefix + "\(quarter)", quarter.start.milliseconds, quarter.next.start.milliseconds
        )
        let statements = [
            "CREATE TABLE \(table) (LIKE history_run)",
            """
            WITH moved AS (
                DELETE FROM history_run_other WHERE from_at >= \(start) AND from_at < \(end) RETURNING *
            )
            INSERT INTO \(table) SELECT * FROM moved
            """,
            "ALTER TABLE history_run ATTACH PARTITION \(table) FOR VALUES FROM (\(start)) TO (\(end))",
        ]
        try run(all: statements.map { Statement(stringLiteral: $0) })
    }

    /// Forgets what the history says of the time before a quarter, of all listings; a run that lasts longer begins with
    /// the quarter from then on.
    ///
    /// On PostgreSQL at once, by dropping tables. On SQLite only of up to `limit` listings after `place`; gives the last
    /// of them, nil when there are no more.
    package func deleteHistory(
        before quarter: Quarter,
        after place: ID<Listing>?,
        limit: Int
    ) throws -> ID<Listing>? {
        switch engine {
        case .sqlite: return try deleteHistory(before: quarter.start, after: place, limit: limit)
        case .postgres:
            try dropHistory(before: quarter)
            return nil
        }
    }

    private func deleteHistory(before border: Timestamp, after place: ID<Listing>?, limit: Int) throws -> ID<Listing>? {
        let listings = try rows("SELECT id FROM listing WHERE id > \(place?.text ?? "") ORDER BY id LIMIT \(limit)")
            .map { try $0.id("id", as: Listing.self) }
        guard let last = listings.last else { return nil }
        try run(all: Self.forgetting(before: border, "listing_id IN \(list: listings) AND"))
        return last
    }

    private func dropHistory(before quarter: Quarter) throws {
        try lock("history quarters")
        try takeTime()
        for old in try historyQuarters() where old.start < quarter.start {
            let table = Statement(stringLiteral: Self.prefix + "\(old)")
            try run(
                "UPDATE history_run SET from_at = \(quarter.start) WHERE id IN (SELECT id FROM \(table) WHERE to_at >= \(quarter.start)) AND from_at < \(quarter.start)"
            )
            try run("DROP TABLE \(table)")
        }
        try run(all: Self.forgetting(before: quarter.start, ""))
    }

    private static func forgetting(before border: Timestamp, _ which: Statement) -> [Statement] {
        [
            "DELETE FROM history_run WHERE \(which) from_at < \(border) AND to_at < \(border)",
            "UPDATE history_run SET from_at = \(border) WHERE \(which) from_at < \(border)",
        ]
    }
}
