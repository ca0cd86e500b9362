/// How a zone's clock goes on for ever: the text in a TZif footer, which is POSIX's `TZ` with wider times.
struct ZoneRule: Hashable, Sendable {
    /// Seconds east of UTC.
    let standard: Int
    /// nil where the clock is never changed.
    let summer: Summer?

    /// The other time of the year; in winter and with a smaller offset where a law calls the summer's time the standard.
    struct Summer: Hashable, Sendable {
        let offset: Int
        let begin: Day
        let end: Day
    }

    /// A day of each year, and seconds after its midnight (may lie outside the day).
    struct Day: Hashable, Sendable {
        let date: Date
        let time: Int
    }

    enum Date: Hashable, Sendable {
        /// 1…365; 29 February is never counted.
        case plain(Int)
        /// 0…365; 29 February is counted.
        case counted(Int)
        /// The `week`-th (5: the last) `weekday` (0: Sunday) of a month.
        case weekday(month: Int, week: Int, weekday: Int)
    }

    static let utc = ZoneRule(standard: 0, summer: nil)

    func stretch(at second: Int) -> ZoneStretch {
        guard let summer else { return ZoneStretch(start: nil, offsetBefore: standard, offset: standard, end: nil) }
        let year = CivilDate(day: (second + standard).dividedDown(by: 86400)).year
        var changes: [(at: Int, offset: Int)] = []
        changes.reserveCapacity(6)
        for year in (year - 1)...(year + 1) {
            let begin = (summer.begin.second(in: year) - standard, summer.offset)
            let end = (summer.end.second(in: year) - summer.offset, standard)
            if begin.0 < end.0 { changes += [begin, end] } else { changes += [end, begin] }
        }
        var (start, before, offset): (Int?, Int, Int) = (nil, changes[5].offset, changes[5].offset)
        for (place, change) in changes.enumerated() {
            // One year's end may be the next year's begin, as where summer never ends: the later in the list counts.
            if place < 5, changes[place + 1].at <= change.at { continue }
            guard change.offset != offset else { continue }
            guard change.at <= second else {
                return ZoneStretch(start: start, offsetBefore: before, offset: offset, end: change.at)
            }
            (start, before, offset) = (change.at, offset, change.offset)
        }
        return ZoneStretch(start: start, offsetBefore: before, offset: offset, end: nil)
    }
}

extension ZoneRule.Day {
    /// As if the local clock were UTC.
    fileprivate func second(in year: Int) -> Int { date.day(in: year) * 86400 + time }
}

extension ZoneRule.Date {
    /// Days since 1970.
    fileprivate func day(in year: Int) -> Int {
        switch self {
        case .counted(let days):
            return CivilDate.day(year: year, month: 1, day: 1) + days
        case .plain(let days):
            let isPastLeapDay = days > 59 && CivilDate.daysInMonth(2, year: year) == 29
            return CivilDate.day(year: year, month: 1, day: 1) + days - 1 + (isPastLeapDay ? 1 : 0)
        case .weekday(let month, let week, let weekday):
            let first = CivilDate.day(year: year, month: month, day: 1)
            var day = first + (weekday - CivilDate.weekday(ofDay: first) + 7) % 7 + (week - 1) * 7
            if day >= first + CivilDate.daysInMonth(month, year: year) { day -= 7 }
            return day
        }
    }
}
