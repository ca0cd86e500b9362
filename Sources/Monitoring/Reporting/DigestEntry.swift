import Model

/// When and where to a report is wanted, as a person or a program wrote it.
package struct DigestEntry: Hashable, Sendable {
    package var isOn: Bool
    /// `daily`, `weekly` or `cron`.
    package var rhythm: String
    /// The time of day of the first two: `09:00`.
    package var time: String
    /// The day of a weekly one: `mon`.
    package var weekday: String
    /// The third's pattern: `0 9 * * MON-FRI`.
    package var pattern: String
    /// The name of a time zone: `Europe/Berlin`.
    package var zone: String
    /// The ids of the channels it goes to; nil for all.
    package var channels: [String]?

    package init(
        isOn: Bool,
        rhythm: String,
        time: String,
        weekday: String,
        pattern: String,
        zone: String,
        channels: [String]?
    ) {
        self.isOn = isOn
        self.rhythm = rhythm
        self.time = time
        self.weekday = weekday
        self.pattern = pattern
        self.zone = zone
        self.channels = channels
    }

    /// Throws `.invalid` for the field that is wrong: `rhythm`, `time`, `weekday` or `pattern`.
    func rhythm(in zone: Zone, now: Timestamp) throws(RequestError) -> Digest.Rhythm {
        let rhythm: Digest.Rhythm
        switch self.rhythm {
        case "daily": rhythm = .daily(minute: try minute())
        case "weekly":
            guard let day = Weekdays.named.first(where: { $0.word == weekday.lowercased() }) else {
                let words = Weekdays.all.words.joined(separator: ", ")
                throw .invalid(field: "weekday", "Choose a day of the week: \(words).")
            }
            rhythm = .weekly(weekday: day.day.rawValue.trailingZeroBitCount, minute: try minute())
        case "cron":
            do {
                rhythm = .cron(try Cron(String(pattern.prefix(200))))
                if try rhythm.isTooOften(after: now, in: zone) {
                    throw RequestError.invalid(
                        field: "pattern",
                        "Reports can come every \(Digest.Rhythm.shortest.wholeMilliseconds / 60_000) minutes at most."
                    )
                }
            } catch let error as RequestError {
                throw error
            } catch {
                throw .invalid(field: "pattern", "“\(pattern.prefix(60))” is not a cron pattern. \(error)")
            }
        default: throw .invalid(field: "rhythm", "The rhythm must be daily, weekly or cron.")
        }
        return rhythm
    }

    private func minute() throws(RequestError) -> Int {
        guard let minute = TimeOfDay.minutes(time), minute < 1440 else {
            throw .invalid(field: "time", "The time must be a time of day from 00:00 to 23:59, such as 09:00.")
        }
        return minute
    }
}
