/// Reads `2026-03-29T01:30:00+01:00` and its shorter forms.
private struct ISO8601 {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    mutating func moment(in zone: Zone) -> Timestamp? {
        guard let year = digits(4), take("-"), let month = digits(2), take("-"), let day = digits(2),
            (1...12).contains(month), (1...CivilDate.daysInMonth(month, year: year)).contains(day)
        else { return nil }
        var (local, milliseconds) = (CivilDate.day(year: year, month: month, day: day) * 86400, 0)
        if !rest.isEmpty {
            guard take("T") || take("t") || take(" "), let time = time() else { return nil }
            local += time
            if take(".") || take(",") {
                guard let fraction = fraction() else { return nil }
                milliseconds = fraction
            }
        }
        guard let offset = offset() else { return nil }
        guard rest.isEmpty else { return nil }
        let second = offset.map { local - $0 } ?? zone.second(ofLocal: local)
        return Timestamp(milliseconds: second * 1000 + milliseconds)
    }

    /// `hh:mm[:ss]` in seconds.
    private mutating func time() -> Int? {
        guard let hour = digits(2), hour < 24, take(":"), let minute = digits(2), minute < 60 else { return nil }
        guard take(":") else { return hour * 3600 + minute * 60 }
        guard let second = digits(2), second < 60 else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// In milliseconds; what is finer is cut off.
    private mutating func fraction() -> Int? {
        let digits = rest.prefix(while: \.isASCIIDigit)
        guard (1...9).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        return (0..<3).reduce(0) { value, place in
            value * 10
                + (place < digits.count ? Int(digits[digits.index(digits.startIndex, offsetBy: place)] - 0x30) : 0)
        }
    }

    /// Seconds east of UTC; nil in it where none is written, nil where it is not one.
    private mutating func offset() -> Int?? {
        if rest.isEmpty { return .some(nil) }
        if take("Z") || take("z") { return 0 }
        let sign = take("-") ? -1 : 1
        guard sign == -1 || take("+"), let hours = digits(2), hours < 24 else { return nil }
        if rest.isEmpty { return sign * hours * 3600 }
        _ = take(":")
        guard let minutes = digits(2), minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }

    private mutating func digits(_ count: Int) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(\.isASCIIDigit) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: sign) else { return false }
        rest = rest.dropFirst()
        return true
    }
}

extension Timestamp {
    /// Reads ISO 8601: `2026-03-29`, `2026-03-29T01:30`, with seconds and a fraction too, with `Z` or an offset.
    ///
    /// Where no offset is written it is what the clock of `zone` shows. nil when it is none of these.
    package init?(iso8601 text: String, in zone: Zone) {
        var reader = ISO8601(text)
        guard let moment = reader.moment(in: zone) else { return nil }
        self = moment
    }
}
