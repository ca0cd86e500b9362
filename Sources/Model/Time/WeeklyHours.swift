/// Hours that come every week: on some days, from one time of day to another, by the clock of one place.
///
/// A listing may be checked in such hours, and a person is not told anything in such hours.
package struct WeeklyHours: Hashable, Sendable {
    /// Those on which it opens.
    package let days: Weekdays
    /// Minutes after midnight, 0…1439.
    package let from: Int
    /// Minutes after midnight, 0…1439.
    ///
    /// Not later than `from` means on the next day; the same means a whole day.
    package let to: Int
    /// The name of a time zone: `Europe/Berlin`.
    package let zone: String

    /// `to` may be 1440 too, midnight.
    package init(days: Weekdays, from: Int, to: Int, zone: String) throws(WeeklyHoursError) {
        guard days != [] else { throw .noDays }
        guard (0...1439).contains(from) else { throw .badFrom }
        guard (0...1440).contains(to) else { throw .badTo }
        self.days = days
        self.from = from
        self.to = to % 1440
        self.zone = zone
    }

    /// `moment` itself while the window is open, else when it opens next.
    ///
    /// `zone` is the one that the window names.
    package func opening(from moment: Timestamp, in zone: Zone) -> Timestamp {
        next(from: moment, in: zone).map { max($0.opens, moment) } ?? moment
    }

    /// When the window closes that is open at `moment`; nil while it is closed.
    package func closing(after moment: Timestamp, in zone: Zone) -> Timestamp? {
        guard let next = next(from: moment, in: zone), next.opens <= moment else { return nil }
        return next.closes
    }

    /// The window that is open at `moment`, else the next one.
    private func next(from moment: Timestamp, in zone: Zone) -> (opens: Timestamp, closes: Timestamp)? {
        let second = moment.wholeSeconds
        let today = (second + zone.stretch(at: second).offset).dividedDown(by: 86400)
        // Yesterday's may still be open. Each day of the week comes within a week, and where the clock skips so much of
        // that day that nothing is left of the window, within two.
        for day in (today - 1)...(today + 15) where days.contains(Weekdays(weekday: CivilDate.weekday(ofDay: day))) {
            let opens = zone.second(ofLocal: day * 86400 + from * 60)
            let closes = zone.second(ofLocal: (to > from ? day : day + 1) * 86400 + to * 60)
            guard opens < closes, second < closes else { continue }
            return (Timestamp(milliseconds: opens * 1000), Timestamp(milliseconds: closes * 1000))
        }
        return nil
    }
}

/// Why there are no such hours.
package enum WeeklyHoursError: Error, Hashable {
    case noDays
    case badFrom
    case badTo
}

extension WeeklyHours {
    /// As people read it: `Mon–Fri 08:00–20:00, Europe/Berlin`.
    package var text: String {
        let hours = from == to ? (from == 0 ? nil : "from \(TimeOfDay.text(from)) for 24 hours") : hoursText
        let when = days == .all ? hours ?? "at any time" : [days.text, hours].compactMap { $0 }.joined(separator: " ")
        return "\(when), \(zone)"
    }

    private var hoursText: String { "\(TimeOfDay.text(from))–\(to == 0 ? "24:00" : TimeOfDay.text(to))" }
}
