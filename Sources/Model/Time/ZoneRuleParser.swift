/// Reads `CET-1CEST,M3.5.0,M10.5.0/3` and its kin (POSIX.1 §8.3 with the extensions of RFC 9636 §3.3.1).
struct ZoneRuleParser {
    private var rest: ArraySlice<UInt8>

    /// nil when the text is not such a rule.
    static func rule(_ text: some Collection<UInt8>) -> ZoneRule? {
        var parser = ZoneRuleParser(rest: ArraySlice(text))
        return parser.rule()
    }

    private mutating func rule() -> ZoneRule? {
        // The text counts west of Greenwich.
        guard skipName(), let west = time(hours: 24) else { return nil }
        guard !rest.isEmpty else { return ZoneRule(standard: -west, summer: nil) }
        guard skipName() else { return nil }
        var summerWest = west - 3600
        if rest.first != UInt8(ascii: ",") {
            guard let written = time(hours: 24) else { return nil }
            summerWest = written
        }
        guard let begin = day(), let end = day(), rest.isEmpty else { return nil }
        return ZoneRule(standard: -west, summer: .init(offset: -summerWest, begin: begin, end: end))
    }

    /// Three letters or more, or anything of letters, digits and signs between `<` and `>`.
    private mutating func skipName() -> Bool {
        if take("<") {
            let name = rest.prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x2b || $0 == 0x2d }
            rest = rest.dropFirst(name.count)
            return !name.isEmpty && take(">")
        }
        let name = rest.prefix(while: \.isASCIILetter)
        rest = rest.dropFirst(name.count)
        return name.count >= 3
    }

    /// `[+-]h[:m[:s]]` in seconds.
    private mutating func time(hours limit: Int) -> Int? {
        let sign = take("-") ? -1 : 1
        if sign == 1 { _ = take("+") }
        guard let hours = number(upTo: limit) else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] where take(":") {
            guard let part = number(upTo: 59) else { return nil }
            seconds += part * unit
        }
        return seconds * sign
    }

    /// `,date[/time]`.
    private mutating func day() -> ZoneRule.Day? {
        guard take(","), let date = date() else { return nil }
        guard take("/") else { return .init(date: date, time: 2 * 3600) }
        guard let time = time(hours: 167) else { return nil }
        return .init(date: date, time: time)
    }

    private mutating func date() -> ZoneRule.Date? {
        if take("J") {
            guard let day = number(upTo: 365), day >= 1 else { return nil }
            return .plain(day)
        }
        guard take("M") else { return number(upTo: 365).map { .counted($0) } }
        guard let month = number(upTo: 12), month >= 1, take("."), let week = number(upTo: 5), week >= 1,
            take("."), let weekday = number(upTo: 6)
        else { return nil }
        return .weekday(month: month, week: week, weekday: weekday)
    }

    private mutating func number(upTo limit: Int) -> Int? {
        let digits = rest.prefix(while: \.isASCIIDigit)
        guard (1...3).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return value <= limit ? value : nil
    }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: sign) else { return false }
        rest = rest.dropFirst()
        return true
    }
}

extension UInt8 {
    fileprivate var isASCIILetter: Bool { (0x41...0x5a).contains(self & 0xdf) }
}
