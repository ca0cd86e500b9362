package import Model
package import SQL

extension Connection {
    /// When nobody is told; nil for never.
    package func quietHours(of owner: ID<Account>) throws -> WeeklyHours? {
        try row("SELECT days, from_minute, to_minute, zone FROM quiet_hours WHERE owner_id = \(owner)").map { row in
            try WeeklyHours(
                days: Weekdays(rawValue: try row.int("days")),
                from: try row.int("from_minute"),
                to: try row.int("to_minute"),
                zone: try row.text("zone")
            )
        }
    }

    /// The clock that a person lives by, as far as they said: that of their quiet hours, else of their report, else of
    /// the check times chosen last; nil where they said nothing.
    package func zone(of owner: ID<Account>) throws -> String? {
        try quietHours(of: owner)?.zone ?? digest(of: owner)?.zone ?? windowZone(of: owner)
    }

    package func setQuietHours(_ hours: WeeklyHours?, of owner: ID<Account>) throws {
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
