import Model
import Synchronization

/// Writes the time at the beginning of a line: `2026-11-24T06:25:00.123Z`.
enum LogTime {
    /// The second of the last line and its text: many lines share one.
    private static let last = Mutex((second: Int.min, text: ""))

    static func write(_ moment: Timestamp, to line: inout String) {
        let milliseconds = (moment.milliseconds % 1000 + 1000) % 1000
        let second = (moment.milliseconds - milliseconds) / 1000
        line += last.withLock { last in
            if last.second != second { last = (second, String(moment.iso8601.dropLast())) }
            return last.text
        }
        line += milliseconds < 10 ? ".00" : milliseconds < 100 ? ".0" : "."
        line += String(milliseconds)
        line += "Z"
    }
}
