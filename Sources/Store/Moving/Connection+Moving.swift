package import Model
package import SQL

extension Connection {
    /// Up to `limit` rows after the one with this key, or from the beginning, by key.
    package func rows(
        of table: MovedTable,
        _ columns: [MovedTable.Column],
        after key: String?,
        limit: Int
    ) throws -> [Row] {
        let head = Statement(stringLiteral: "SELECT \(names(columns)) FROM \(table.name)")
        let order = Statement(stringLiteral: "ORDER BY \(table.key.name)")
        guard let key else { return try rows("\(head) \(order) LIMIT \(limit)") }
        return try rows("\(head) WHERE \(Statement(stringLiteral: table.key.name)) > \(key) \(order) LIMIT \(limit)")
    }

    package func count(_ table: MovedTable) throws -> Int {
        try row(Statement(stringLiteral: "SELECT COUNT(*) AS n FROM \(table.name)"))?.int("n") ?? 0
    }

    package func isEmpty(_ table: MovedTable) throws -> Bool {
        try row(Statement(stringLiteral: "SELECT 1 AS found FROM \(table.name) LIMIT 1")) == nil
    }

    /// Stores rows that stand in `json`: an array of arrays, whose first element is passed over and whose others are the
    /// values of `columns`.
    ///
    /// Columns of the table that are not among them get their stand-in, or what is standard. Says how many rows it were.
    package func insert(_ json: String, into table: MovedTable, _ columns: [MovedTable.Column]) throws -> Int {
        let given = columns.enumerated().map { place, column in value(of: column, at: place + 1) }
        let missing = table.columns.filter { $0.standIn != nil && !columns.contains($0) }
        let standIns = missing.map { "'\($0.standIn ?? "")'" }
        let head = Statement(
            stringLiteral: """
                INSERT INTO \(table.name) (\(names(columns + missing)))
                SELECT \((given + standIns).joined(separator: ", "))
                """
        )
        switch engine {
        case .sqlite: return try run("\(head) FROM json_each(\(json))")
        case .postgres: return try run("\(head) FROM jsonb_array_elements(\(json)::jsonb) AS line (value)")
        }
    }

    private func value(of column: MovedTable.Column, at place: Int) -> String {
        switch (engine, column.kind) {
        case (.sqlite, _): "json_extract(value, '$[\(place)]')"
        case (.postgres, .text): "value ->> \(place)"
        case (.postgres, .integer): "(value ->> \(place))::bigint"
        case (.postgres, .real): "(value ->> \(place))::double precision"
        }
    }

    private func names(_ columns: [MovedTable.Column]) -> String { columns.map(\.name).joined(separator: ", ") }

    /// When the first and the last run of the history began; nil where there is none.
    package func historySpan() throws -> ClosedRange<Timestamp>? {
        let row = try row("SELECT MIN(from_at) AS earliest, MAX(from_at) AS latest FROM history_run")
        guard let row, let first = try row.optionalInt("earliest"), let last = try row.optionalInt("latest") else {
            return nil
        }
        return Timestamp(milliseconds: first)...Timestamp(milliseconds: last)
    }

    /// Sees to a place for runs of that time, as far as it lies within twenty years before `now`.
    ///
    /// What lies outside was written by a clock that was wrong, and is kept where no place was made.
    package func prepareHistory(ofMoved span: ClosedRange<Timestamp>, now: Timestamp) throws {
        let (first, last) = (max(span.lowerBound, now - .days(20 * 365)), min(span.upperBound, now + .days(60)))
        guard first <= last else { return }
        try prepareHistory(from: first, to: last)
    }

    /// Many rows at once go into many places of the indexes, which should not be read again for each batch.
    ///
    /// For a process that does nothing else.
    package func expectManyRows() throws {
        switch engine {
        case .sqlite: _ = try rows("PRAGMA cache_size = -65536")
        case .postgres: break
        }
    }
}
