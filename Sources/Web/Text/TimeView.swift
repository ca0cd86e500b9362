import Model

/// A moment as a page shows it.
struct TimeView: Sendable, Hashable {
    /// Such as `2026-11-23T17:00:33Z`.
    let iso: String
    /// Such as `23 Nov 2026, 17:00 UTC`.
    let readable: String
    /// Such as `23 Nov 2026`.
    let day: String
    /// Such as `3 minutes ago`, `in 2 hours`.
    let relative: String

    init(_ moment: Timestamp, now: Timestamp) {
        iso = moment.iso8601
        day = moment.dayText
        readable = moment.minuteText
        relative = Self.relative(from: moment, to: now)
    }

    static func relative(from moment: Timestamp, to now: Timestamp) -> String {
        let seconds = Int((now - moment).components.seconds)
        let distance = abs(seconds)
        let text: String
        switch distance {
        case ..<45: return seconds >= 0 ? "just now" : "in a moment"
        case ..<5400 where distance < 3570: text = DurationText.counted(max(1, (distance + 30) / 60), "minute")
        case ..<84600: text = DurationText.counted(max(1, (distance + 1800) / 3600), "hour")
        case ..<(60 * 86400): text = DurationText.counted(max(1, (distance + 43200) / 86400), "day")
        case ..<(730 * 86400): text = DurationText.counted(distance / (30 * 86400), "month")
        default: text = DurationText.counted(distance / (365 * 86400), "year")
        }
        return seconds >= 0 ? "\(text) ago" : "in \(text)"
    }
}
