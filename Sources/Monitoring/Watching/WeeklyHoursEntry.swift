import Model

/// Check times or quiet hours as a person or a program wrote them.
package struct WeeklyHoursEntry: Hashable, Sendable {
    /// Days of the week as `mon`, `tue`.
    package var days: [String]
    /// When they begin: `08:00`.
    package var from: String
    /// When they end: `20:00`; `24:00` is midnight.
    package var to: String
    /// The name of a time zone: `Europe/Berlin`.
    package var zone: String

    package init(days: [String], from: String, to: String, zone: String) {
        self.days = days
        self.from = from
        self.to = to
        self.zone = zone
    }

    /// Throws `.invalid` for `days`, `from`, `to` or `zone`.
    func hours(zones: ZoneSource) throws(RequestError) -> WeeklyHours {
        var chosen: Weekdays = []
        for word in days {
            guard let named = Weekdays.named.first(where: { $0.word == word.lowercased() }) else {
                let words = Weekdays.all.words.joined(separator: ", ")
                throw .invalid(field: "days", "“\(word.prefix(60))” is not a day of the week; known are: \(words).")
            }
            chosen.insert(named.day)
        }
        guard let from = TimeOfDay.minutes(from), from < 1440 else {
            throw .invalid(field: "from", "The begin must be a time of day from 00:00 to 23:59, such as 08:00.")
        }
        guard let to = TimeOfDay.minutes(to) else {
            throw .invalid(field: "to", "The end must be a time of day from 00:00 to 24:00, such as 20:00.")
        }
        do {
            _ = try zones(zone)
        } catch {
            throw .invalid(field: "zone", zone.isEmpty ? "Name a time zone, such as Europe/Berlin." : "\(error)")
        }
        do {
            return try WeeklyHours(days: chosen, from: from, to: to, zone: zone)
        } catch {
            throw .invalid(field: "days", "Choose at least one day of the week.")
        }
    }
}
