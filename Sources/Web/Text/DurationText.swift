import Model

/// How spans of time are written for people.
enum DurationText {
    /// Such as `6 hours`, `1 day`, `90 minutes`.
    static func interval(_ span: Duration) -> String {
        let minutes = Int(span.components.seconds) / 60
        if minutes >= 1440, minutes % 1440 == 0 { return counted(minutes / 1440, "day") }
        if minutes >= 60, minutes % 60 == 0 { return counted(minutes / 60, "hour") }
        if minutes >= 1 { return counted(minutes, "minute") }
        return counted(Int(span.components.seconds), "second")
    }

    /// Such as `812 ms`, `3.4 s`.
    static func took(_ span: Duration) -> String {
        let milliseconds = span.wholeMilliseconds
        guard milliseconds >= 1000 else { return "\(milliseconds) ms" }
        return "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
    }

    static func counted(_ count: Int, _ unit: String) -> String { "\(count) \(unit)\(count == 1 ? "" : "s")" }
}
