extension Connection {
    /// The database's clock, in milliseconds since 1970, which all processes that share the database agree on.
    ///
    /// The same throughout one statement. It is a wall clock: when somebody sets it back, so does this.
    package func clockMilliseconds() throws -> Int {
        let row: Row? =
            switch engine {
            case .sqlite: try row("SELECT CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER) AS now")
            case .postgres: try row("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) AS now")
            }
        guard let row else { throw SQLError.column("now", "is not in the answer") }
        return try row.int("now")
    }
}
