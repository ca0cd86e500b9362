package import Model
package import SQL

extension Connection {
    /// When nobody is told; nil for never.
    package func quietHours(of owner: ID<Account>) throws -> CheckWindow? {
        try row("SELECT days, from_minute, to_minute, zone FROM quiet_hours WHERE owner_id = \(owner)").map { row in
            try CheckWindow(
                days: Weekdays(rawValue: try row.int("days")),
                from: try row.int("from_minute"),
                to: try row.int("to_minute"),
                zone: try row.text("zone")
            )
        }
    }

    package func setQuietHours(_ hours: CheckWindow?, of owner: ID<Account>) throws {
        try run("DELETE FROM quiet_hours WHERE owner_id = \(owner)")
        guard let hours else { return }
        try run(
            """
            INSERT INTO quiet_hours (owner_id, days, from_minute, to_minute, zone)
            VALUES (\(owner), \(hours.days.rawValue), \(hours.from), \(hours.to), \(hours.zone))
            """
        )
    }
}
