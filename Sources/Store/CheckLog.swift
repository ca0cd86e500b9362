package import Model
package import SQL

extension Connection {
    /// Throws `SQLError.constraint`, at the latest at the commit, when the job was recorded already.
    package func insert(_ record: CheckRecord) throws {
        try runLater(
            """
            INSERT INTO check_log (job, listing_id, at, took_ms, outcome, status, price_minor, currency, standing, note)
            VALUES (
                \(record.job), \(record.listing), \(record.at), \(record.took.wholeMilliseconds),
                \(record.outcome.rawValue), \(record.status), \(record.price?.minor), \(record.price?.currency.code),
                \(record.standing?.rawValue), \(record.note)
            )
            """
        )
    }

    /// nil until the job was recorded.
    package func check(job: String) throws -> CheckRecord? {
        try row("SELECT * FROM check_log WHERE job = \(job)").map(CheckRecord.init(row:))
    }

    /// Newest first.
    package func checks(of listing: ID<Listing>, limit: Int) throws -> [CheckRecord] {
        try rows("SELECT * FROM check_log WHERE listing_id = \(listing) ORDER BY at DESC LIMIT \(limit)")
            .map(CheckRecord.init(row:))
    }

    /// Removes up to `limit` of the oldest lines before `moment`; says how many went.
    package func deleteChecks(before moment: Timestamp, limit: Int) throws -> Int {
        try run(
            """
            DELETE FROM check_log WHERE job IN (
                SELECT job FROM check_log WHERE at < \(moment) ORDER BY at LIMIT \(limit)
            )
            """
        )
    }
}

extension CheckRecord {
    fileprivate init(row: Row) throws {
        self.init(
            job: try row.text("job"),
            listing: try row.id("listing_id"),
            at: try row.time("at"),
            took: .milliseconds(try row.int("took_ms")),
            outcome: try row.name("outcome"),
            status: try row.optionalInt("status"),
            price: try row.money("price_minor"),
            standing: try row.optionalName("standing"),
            note: try row.optionalText("note")
        )
    }
}
