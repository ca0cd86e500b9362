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

    /// The calendar is the proleptic Gregorian one; the arithmetic counts days in 400-year eras that begin in March, so
    /// that the leap day is the last of its year.
    package init(_ moment: Timestamp) {
        let seconds = moment.milliseconds.dividedDown(by: 1000)
        let days = seconds.dividedDown(by: 86400)
        let secondOfDay = seconds - days * 86400
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        hour = secondOfDay / 3600
        minute = secondOfDay / 60 % 60
        second = secondOfDay % 60
        weekday = ((days % 7) + 11) % 7
    }
}

extension Timestamp {
    /// As machines read it: `2026-11-23T17:00:33Z`.
    package var iso8601: String {
        let civil = CivilTime(self)
        return "\(civil.year.fourDigits)-\(civil.month.twoDigits)-\(civil.day.twoDigits)"
            + "T\(civil.hour.twoDigits):\(civil.minute.twoDigits):\(civil.second.twoDigits)Z"
    }

    /// As people read it, in UTC: `23 Nov 2026`.
    package var dayText: String {
        let civil = CivilTime(self)
        return "\(civil.day) \(civil.monthName) \(civil.year)"
    }

    /// As people read it: `23 Nov 2026, 17:00 UTC`.
    package var minuteText: String {
        let civil = CivilTime(self)
        return "\(dayText), \(civil.hour.twoDigits):\(civil.minute.twoDigits) UTC"
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
    /// One of `Jan` … `Dec`.
    package var monthName: String {
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month - 1]
    }
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
    fileprivate func dividedDown(by divisor: Int) -> Int {
        self / divisor - (self % divisor < 0 ? 1 : 0)
    }
}
