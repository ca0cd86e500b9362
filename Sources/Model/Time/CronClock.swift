/// The times of day of a pattern, a bit for each value.
struct CronClock: Hashable, Sendable {
    let seconds: UInt64
    let minutes: UInt64
    let hours: UInt64
    /// Whether the hours go by themselves, so that a repeated hour is an hour like any other.
    let hoursRepeat: Bool

    init(seconds: CronFieldParser, minutes: CronFieldParser, hours: CronFieldParser) {
        self.seconds = seconds.values
        self.minutes = minutes.values
        self.hours = hours.values
        hoursRepeat = hours.isRepeating || hours.values == (1 << 24) - 1
    }

    /// The day's first second.
    var first: Int {
        hours.trailingZeroBitCount * 3600 + minutes.trailingZeroBitCount * 60 + seconds.trailingZeroBitCount
    }

    /// The first second of the day at or after `from`; nil when the day has none any more.
    func next(from: Int) -> Int? {
        let (hour, minute, second) = (from / 3600, from / 60 % 60, from % 60)
        if hours.has(hour) {
            if minutes.has(minute), let second = seconds.next(from: second) {
                return hour * 3600 + minute * 60 + second
            }
            if let minute = minutes.next(from: minute + 1) {
                return hour * 3600 + minute * 60 + seconds.trailingZeroBitCount
            }
        }
        guard let hour = hours.next(from: hour + 1) else { return nil }
        return hour * 3600 + minutes.trailingZeroBitCount * 60 + seconds.trailingZeroBitCount
    }
}

extension UInt64 {
    func has(_ place: Int) -> Bool { self >> UInt64(place) & 1 == 1 }

    /// The lowest bit at or above `place`.
    func next(from place: Int) -> Int? {
        guard place < 64 else { return nil }
        let rest = (self >> UInt64(place)) << UInt64(place)
        return rest == 0 ? nil : rest.trailingZeroBitCount
    }
}
