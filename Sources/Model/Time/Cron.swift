/// When something is to happen again and again: `30 8 * * MON-FRI`.
///
/// Five fields: minute, hour, day of month, month, day of week; or six with the second first. Each takes numbers, names
/// (JAN, MON, in any case), ranges, steps, lists, `*` and `?`; a day of month also `L` (the last), a day of week also
/// `5L` (the month's last Friday) and `5#2` (its second). Where both kinds of day are given, either will do. `@daily`
/// and its kin stand for whole patterns.
package struct Cron: Hashable, Sendable {
    /// As it was written.
    package let pattern: String
    let days: CronDays
    let clock: CronClock

    package init(_ pattern: String) throws(CronError) {
        self.pattern = pattern
        var fields = pattern.split(whereSeparator: \.isWhitespace)
        guard let first = fields.first else { throw .empty }
        if first.hasPrefix("@") {
            let known = CronShorthand.all.first { $0.name == first.lowercased() }
            guard let known, fields.count == 1 else { throw .unknownShorthand(fields.joined(separator: " ")) }
            fields = known.pattern.split(separator: " ")
        }
        guard fields.count == 5 || fields.count == 6 else { throw .fieldCount(fields.count) }
        if fields.count == 5 { fields.insert("0", at: 0) }
        clock = CronClock(
            seconds: try CronFieldParser(.second, fields[0]),
            minutes: try CronFieldParser(.minute, fields[1]),
            hours: try CronFieldParser(.hour, fields[2])
        )
        days = CronDays(
            daysOfMonth: try CronFieldParser(.dayOfMonth, fields[3]),
            months: try CronFieldParser(.month, fields[4]),
            daysOfWeek: try CronFieldParser(.dayOfWeek, fields[5])
        )
        guard days.exist else { throw .never }
    }

    /// The first whole second after `moment` at which the clock of `zone` shows a time of this pattern.
    ///
    /// A time that the clock skips happens once, as long after the change as it lies in the skipped time: 02:30 is then
    /// 03:30. Of a time that the clock shows twice only the first counts, unless the hours repeat by themselves (`*`, a
    /// step, or all 24): those happen both times. nil when there is none before the year 10000
    /// of UTC.
    package func next(after moment: Timestamp, in zone: Zone) -> Timestamp? {
        var from = moment.wholeSeconds + 1
        while from < Self.end {
            let stretch = zone.stretch(at: from)
            if let second = next(from: from, in: stretch) {
                return second < Self.end ? Timestamp(milliseconds: second * 1000) : nil
            }
            guard let end = stretch.end else { return nil }
            from = end
        }
        return nil
    }

    /// 10000-01-01T00:00:00Z.
    private static let end = 253_402_300_800

    /// The first second in a stretch of one offset, at or after `from`.
    private func next(from: Int, in stretch: ZoneStretch) -> Int? {
        let end = stretch.end ?? Self.end
        guard let start = stretch.start else {
            return nextLocal(from: from + stretch.offset, before: end + stretch.offset).map { $0 - stretch.offset }
        }
        let change = start + stretch.offsetBefore
        var local = from + stretch.offset
        // What the clock shows for the second time.
        if local < change, !clock.hoursRepeat { local = change }
        let shown = nextLocal(from: local, before: end + stretch.offset).map { $0 - stretch.offset }
        // What the clock skipped, counted on from the offset of before.
        let skipped = nextLocal(
            from: from + stretch.offsetBefore,
            before: min(start + stretch.offset, end + stretch.offsetBefore)
        ).map { $0 - stretch.offsetBefore }
        guard let shown, let skipped else { return shown ?? skipped }
        return min(shown, skipped)
    }

    /// The first local second in `from..<limit`.
    private func nextLocal(from: Int, before limit: Int) -> Int? {
        guard from < limit else { return nil }
        let day = from.dividedDown(by: 86400)
        if days.contains(day), let second = clock.next(from: from - day * 86400) {
            return day * 86400 + second < limit ? day * 86400 + second : nil
        }
        guard let next = days.next(from: day + 1, through: limit.dividedDown(by: 86400)) else { return nil }
        let second = next * 86400 + clock.first
        return second < limit ? second : nil
    }
}
