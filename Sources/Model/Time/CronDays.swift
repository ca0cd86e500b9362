/// The days of a pattern.
struct CronDays: Hashable, Sendable {
    /// A bit for each value.
    private let daysOfMonth: UInt64
    private let isLastDay: Bool
    private let months: UInt64
    private let weekdays: UInt64
    private let lastWeekdays: UInt64
    private let countedWeekdays: UInt64
    private let anyDayOfMonth: Bool
    private let anyWeekday: Bool

    init(daysOfMonth: CronFieldParser, months: CronFieldParser, daysOfWeek: CronFieldParser) {
        self.daysOfMonth = daysOfMonth.values
        isLastDay = daysOfMonth.isLastDay
        self.months = months.values
        weekdays = daysOfWeek.values
        lastWeekdays = daysOfWeek.lastWeekdays
        countedWeekdays = daysOfWeek.countedWeekdays
        anyDayOfMonth = daysOfMonth.isAnything
        anyWeekday = daysOfWeek.isAnything
    }

    /// Whether there is such a day at all; every weekday comes in every month.
    var exist: Bool {
        guard anyWeekday, !isLastDay else { return true }
        return (1...12).contains { month in
            // 2024 has a leap day.
            months.has(month) && daysOfMonth & .days(CivilDate.daysInMonth(month, year: 2024)) != 0
        }
    }

    /// Whether a day, counted from 1970-01-01, is one of them.
    func contains(_ day: Int) -> Bool {
        let date = CivilDate(day: day)
        return months.has(date.month) && self.days(ofMonth: date, first: day - date.day + 1).has(date.day)
    }

    /// The first of them in `day...last`, counted from 1970-01-01.
    func next(from day: Int, through last: Int) -> Int? {
        let date = CivilDate(day: day)
        var (year, month, from) = (date.year, date.month, date.day)
        var first = day - date.day + 1
        while first <= last {
            let date = CivilDate(year: year, month: month)
            if months.has(month), let found = days(ofMonth: date, first: first).next(from: from) {
                return first + found - 1 <= last ? first + found - 1 : nil
            }
            first += CivilDate.daysInMonth(month, year: year)
            from = 1
            (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1)
        }
        return nil
    }

    /// A bit for each day of one month that begins with the day `first`.
    private func days(ofMonth date: CivilDate, first: Int) -> UInt64 {
        let length = CivilDate.daysInMonth(date.month, year: date.year)
        let all = UInt64.days(length)
        if anyDayOfMonth, anyWeekday { return all }
        var byDate = anyDayOfMonth ? 0 : daysOfMonth & all
        if isLastDay { byDate |= 1 << UInt64(length) }
        if anyWeekday { return byDate }
        return byDate | byWeekday(first: CivilDate.weekday(ofDay: first), length: length)
    }

    private func byWeekday(first: Int, length: Int) -> UInt64 {
        var days: UInt64 = 0
        for day in 1...length {
            let weekday = (first + day - 1) % 7
            if weekdays.has(weekday)
                || countedWeekdays.has(weekday * 8 + (day + 6) / 7)
                || day > length - 7 && lastWeekdays.has(weekday)
            {
                days |= 1 << UInt64(day)
            }
        }
        return days
    }
}

extension UInt64 {
    /// The bits 1 to `length`.
    fileprivate static func days(_ length: Int) -> UInt64 { (1 << UInt64(length + 1)) - 2 }
}
