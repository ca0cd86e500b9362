package import Model

/// Reads the three forms of a date that HTTP knows. <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7>
package enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`.
    package static func read(_ text: String) -> Timestamp? {
        let words = text.split { " ,-".contains($0) }.dropFirst().map(String.init)
        guard words.count >= 4 else { return nil }
        return Int(words[0]) == nil
            ? moment(year: words[3], month: words[0], day: words[1], time: words[2])
            : moment(year: words[2], month: words[1], day: words[0], time: words[3])
    }

    private static func moment(year: String, month: String, day: String, time: String) -> Timestamp? {
        let clock = time.split(separator: ":").compactMap { Int($0) }
        guard let month = months.firstIndex(of: month), let day = Int(day), let written = Int(year),
            clock.count == 3, (1...31).contains(day), (0...9999).contains(written),
            (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2])
        else { return nil }
        let year = year.count > 2 ? written : written + (written < 70 ? 2000 : 1900)
        // Days since 1970 in the Gregorian calendar, counted in years that begin in March.
        let shifted = month < 2 ? year - 1 : year
        let dayOfYear = (153 * ((month + 10) % 12) + 2) / 5 + day - 1
        let leapDays = shifted / 4 - shifted / 100 + shifted / 400
        let days = shifted * 365 + leapDays + dayOfYear - 719_468
        return Timestamp(milliseconds: (days * 86400 + clock[0] * 3600 + clock[1] * 60 + clock[2]) * 1000)
    }
}
