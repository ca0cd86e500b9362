/// A moment spelled in the calendar, in UTC.
package struct CivilTime: Hashable, Sendable {
    package let year: Int
    /// 1…12.
    package let month: Int
    /// 1…31.
    package let day: Int
    package let hour: Int
    package let minute: Int
    package let second: Int
    /// 0 is Sunday.
    package let weekday: Int

    package init(_ moment: Timestamp) {
        self.init(localSecond: moment.wholeSeconds)
    }

    /// What the clock of a place shows.
    package init(_ moment: Timestamp, in zone: Zone) {
        self.init(localSecond: moment.wholeSeconds + zone.stretch(at: moment.wholeSeconds).offset)
    }

    /// Seconds since 1970 as if the clock that shows them were UTC's.
    init(localSecond seconds: Int) {
        let days = seconds.dividedDown(by: 86400)
        let secondOfDay = seconds - days * 86400
        let date = CivilDate(day: days)
        year = date.year
        month = date.month
        day = date.day
        hour = secondOfDay / 3600
        minute = secondOfDay / 60 % 60
        second = secondOfDay % 60
        weekday = CivilDate.weekday(ofDay: days)
    }
}

extension Timestamp {
    /// As machines read it: `2026-11-23T17:00:33Z`.
    package var iso8601: String { "\(CivilTime(self).text)Z" }

    /// As machines read it, by the clock of a place: `2026-11-23T18:00:33+01:00`; `Z` for UTC.
    ///
    /// Offsets with seconds, as before time was kept by zones, are written with them: `+00:53:28`.
    package func iso8601(in zone: Zone) -> String {
        guard !zone.isUTC else { return iso8601 }
        let offset = zone.stretch(at: wholeSeconds).offset
        let size = abs(offset)
        let clock = CivilTime(localSecond: wholeSeconds + offset).text
        let seconds = size % 60 == 0 ? "" : ":\((size % 60).twoDigits)"
        return "\(clock)\(offset < 0 ? "-" : "+")\((size / 3600).twoDigits):\((size / 60 % 60).twoDigits)\(seconds)"
    }

    /// As people read it, in UTC: `23 Nov 2026`.
    package var dayText: String { dayText(in: nil) }

    /// As people read it: `23 Nov 2026, 17:00 UTC`.
    package var minuteText: String {
        let civil = CivilTime(self)
        return "\(dayText), \(civil.hour.twoDigits):\(civil.minute.twoDigits) UTC"
    }

    /// The day as people read it, by the clock of a place, or in UTC: `23 Nov 2026`.
    package func dayText(in zone: Zone?) -> String {
        let civil = zone.map { CivilTime(self, in: $0) } ?? CivilTime(self)
        return "\(civil.day) \(civil.monthName) \(civil.year)"
    }

    /// As people read it where they may not know whose clock is meant: `23 Nov 2026, 18:00 (Europe/Berlin)`, or in UTC.
    package func readText(in zone: Zone?) -> String {
        guard let zone, !zone.isUTC else { return minuteText }
        let civil = CivilTime(self, in: zone)
        return "\(dayText(in: zone)), \(civil.hour.twoDigits):\(civil.minute.twoDigits) (\(zone.name))"
    }

    /// As people read it, by the clock of a place: `30 November 2026`.
    package func longDayText(in zone: Zone) -> String {
        let civil = CivilTime(self, in: zone)
        return "\(civil.day) \(civil.longMonthName) \(civil.year)"
    }

    /// As people read it, by the clock of a place: `Monday, 30 November 2026, 09:00`.
    package func weekdayText(in zone: Zone) -> String {
        let civil = CivilTime(self, in: zone)
        let clock = "\(civil.hour.twoDigits):\(civil.minute.twoDigits)"
        return "\(CivilTime.weekdayNames[civil.weekday]), \(longDayText(in: zone)), \(clock)"
    }

    /// As people read it soon after, by the clock of a place: `30 Nov, 09:00`.
    package func shortText(in zone: Zone) -> String {
        let civil = CivilTime(self, in: zone)
        return "\(civil.day) \(civil.monthName), \(civil.hour.twoDigits):\(civil.minute.twoDigits)"
    }

    /// When the day began, by the clock of a place.
    package func startOfDay(in zone: Zone) -> Timestamp {
        let local = wholeSeconds + zone.stretch(at: wholeSeconds).offset
        return Timestamp(milliseconds: zone.second(ofLocal: local.dividedDown(by: 86400) * 86400) * 1000)
    }

    /// When the day ends, by the clock of a place.
    package func endOfDay(in zone: Zone) -> Timestamp {
        let local = wholeSeconds + zone.stretch(at: wholeSeconds).offset
        return Timestamp(milliseconds: zone.second(ofLocal: (local.dividedDown(by: 86400) + 1) * 86400) * 1000)
    }

    /// The date as mail wants it: `Mon, 23 Nov 2026 17:00:33 +0000` (RFC 5322 §3.3).
    package var mailDate: String {
        let civil = CivilTime(self)
        let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let time = "\(civil.hour.twoDigits):\(civil.minute.twoDigits):\(civil.second.twoDigits)"
        return "\(weekdays[civil.weekday]), \(civil.day) \(civil.monthName) \(civil.year.fourDigits) \(time) +0000"
    }
}

extension CivilTime {
    /// `2026-11-23T17:00:33`.
    fileprivate var text: String {
        "\(year.fourDigits)-\(month.twoDigits)-\(day.twoDigits)T\(hour.twoDigits):\(minute.twoDigits):\(second.twoDigits)"
    }

    /// One of `Jan` … `Dec`.
    package var monthName: String {
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month - 1]
    }
}

extension CivilTime {
    /// One of `January` … `December`.
    fileprivate var longMonthName: String {
        [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ][month - 1]
    }

    /// Sunday first.
    package static let weekdayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
}

extension Int {
    /// `7` as `07`.
    package var twoDigits: String { self < 10 ? "0\(self)" : String(self) }

    /// The year `987` as `0987`, the year before 0 as `-0001`.
    fileprivate var fourDigits: String {
        let digits = String(magnitude)
        let zeros = digits.utf8.count < 4 ? String(repeating: "0", count: 4 - digits.utf8.count) : ""
        return "\(self < 0 ? "-" : "")\(zeros)\(digits)"
    }

    /// Rounded toward the past, where `/` rounds toward zero.
    func dividedDown(by divisor: Int) -> Int {
        self / divisor - (self % divisor < 0 ? 1 : 0)
    }
}
