/// Reads one field: parts with commas between them.
struct CronFieldParser {
    let field: CronField
    /// A bit for each value; Sunday is 0.
    private(set) var values: UInt64 = 0
    /// The month's last day.
    private(set) var isLastDay = false
    /// A bit for each weekday of which only the last in the month is meant.
    private(set) var lastWeekdays: UInt64 = 0
    /// The bit `weekday * 8 + n` for the n-th such weekday of the month.
    private(set) var countedWeekdays: UInt64 = 0
    /// Whether it is nothing but `*` or `?`.
    let isAnything: Bool
    /// Whether some part of it repeats by itself: `*`, `?` or a step.
    private(set) var isRepeating = false

    init(_ field: CronField, _ text: Substring) throws(CronError) {
        self.field = field
        isAnything = text == "*" || text == "?"
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            do throws(CronError.Fault) {
                try read(part.lowercased())
            } catch {
                throw .field(field, part: String(part.isEmpty ? text : part), error)
            }
        }
    }

    private mutating func read(_ part: String) throws(CronError.Fault) {
        guard !part.isEmpty else { throw .missing }
        if part.contains("#") { return try readCounted(part) }
        if field == .dayOfMonth, part.contains("w") { throw .nearestWeekday }
        if part == "l" || (field == .dayOfMonth && part.isLast) { return try readLast(part) }
        // JUL ends with the letter too.
        if part.hasSuffix("l"), field != .month { return try readLastWeekday(part) }
        if part.first == "h", field.names.isEmpty || part.dropFirst().first?.isLetter != true { throw .hashed }
        let halves = part.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { throw .badStep }
        guard halves.allSatisfy({ !$0.isEmpty }) else { throw .missing }
        var range = try range(halves[0])
        guard halves.count == 2 else { return insert(range, step: 1) }
        guard let step = number(halves[1]), step > 0 else { throw .badStep }
        // 5/15 goes on to the end.
        if range.count == 1, !halves[0].contains("-") { range = range.lowerBound...field.values.upperBound }
        guard step < range.count || step == 1 else { throw .wideStep(first: range.lowerBound) }
        isRepeating = true
        insert(range, step: step)
    }

    private mutating func range(_ text: Substring) throws(CronError.Fault) -> ClosedRange<Int> {
        if text == "*" || text == "?" {
            isRepeating = true
            return field == .dayOfWeek ? 0...6 : field.values
        }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count <= 2 else { throw .notAValue }
        guard ends.allSatisfy({ !$0.isEmpty }) else { throw .missing }
        let from = try value(ends[0])
        guard ends.count == 2 else { return from...from }
        var to = try value(ends[1])
        // FRI-SUN: a week may end with Sunday as well.
        if ends[1] == "sun", from > 0 { to = 7 }
        guard from <= to else { throw .backwards }
        return from...to
    }

    private mutating func insert(_ range: ClosedRange<Int>, step: Int) {
        for value in stride(from: range.lowerBound, through: range.upperBound, by: step) {
            values |= 1 << UInt64(field == .dayOfWeek ? value % 7 : value)
        }
    }

    private mutating func readCounted(_ part: String) throws(CronError.Fault) {
        guard field == .dayOfWeek else { throw .countElsewhere }
        let halves = part.split(separator: "#", omittingEmptySubsequences: false)
        guard halves.count == 2, let count = number(halves[1]), (1...5).contains(count) else { throw .badCount }
        countedWeekdays |= 1 << UInt64(try value(halves[0]) % 7 * 8 + count)
    }

    private mutating func readLast(_ part: String) throws(CronError.Fault) {
        switch field {
        case .dayOfMonth where part == "l": isLastDay = true
        case .dayOfMonth: throw .lastMixed
        case .dayOfWeek: throw .lastAlone
        default: throw .lastElsewhere
        }
    }

    private mutating func readLastWeekday(_ part: String) throws(CronError.Fault) {
        guard field == .dayOfWeek else { throw .lastElsewhere }
        lastWeekdays |= 1 << UInt64(try value(part.dropLast()) % 7)
    }

    private func value(_ text: Substring) throws(CronError.Fault) -> Int {
        if let place = field.names.firstIndex(where: { $0 == text }) {
            return place + field.values.lowerBound
        }
        guard let value = number(text) else { throw .notAValue }
        guard field.values.contains(value) else { throw .outOfRange }
        return value
    }

    /// A whole number of at most nine digits.
    private func number(_ text: Substring) -> Int? {
        guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        return Int(text)
    }
}

extension String {
    /// `l` and nothing else that is a letter, as in `l-3`.
    fileprivate var isLast: Bool { contains("l") && allSatisfy { $0 == "l" || !$0.isLetter } }
}
