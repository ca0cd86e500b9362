import Markup
import Model

/// The amounts that scripts and data attributes of a page give under a name of a price: what an analytics layer is told,
/// the state that a framework starts from, `data-price`.
///
/// They are many and say nothing of what they belong to, so they are no price by themselves. But they are written by
/// another part of the shop than what people see, so that one that agrees makes a price surer.
struct StatedAmounts {
    /// How often each amount is given, in ten thousandths.
    private(set) var counts: [Int: Int] = [:]
    /// Those that were given without a decimal point and may be in cents.
    private var whole: Set<Int> = []
    private var statements = 0

    private static let mostStatements = 400
    /// More different amounts than this are those of other products too.
    private static let few = 4

    /// How well an amount is confirmed.
    enum Support: Int, Comparable {
        case none
        /// It is one of many.
        case some
        /// It is one of few, or the one given most often.
        case strong

        static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
    }

    init(_ document: Document) {
        for (index, node) in document.nodes.enumerated() where node.is(.script) && Int(node.end) > index + 1 {
            // What it says to search engines is a way of reading of its own.
            if !document.isJSONLD(at: index) { document.withText(of: index + 1) { read($0) } }
        }
        document.forEachValue(ofNames: { name in
            var name = name
            return name.withUTF8 { $0.contains("price") && !Self.isOther($0[...]) }
        }) { _, _, value in
            if let (amount, isWhole) = Self.amount(value[...]) { note(amount, isWhole) }
        }
    }

    func support(_ money: Money) -> Support {
        var scale = 10_000
        for _ in 0..<money.currency.exponent { scale /= 10 }
        let (amount, isOverflow) = money.minor.multipliedReportingOverflow(by: scale)
        guard !isOverflow else { return .none }
        let inCents = money.minor.multipliedReportingOverflow(by: 10_000)
        let isInCents = scale < 10_000 && !inCents.overflow && whole.contains(inCents.partialValue)
        guard let count = counts[amount] ?? (isInCents ? counts[inCents.partialValue] : nil) else { return .none }
        return counts.count <= Self.few || count >= 2 && count == counts.values.max() ? .strong : .some
    }

    private mutating func note(_ amount: Int, _ isWhole: Bool) {
        guard amount > 0 else { return }
        statements += 1
        counts[amount, default: 0] += 1
        if isWhole { whole.insert(amount) }
    }

    /// Looks for `price` in names that are followed by a number.
    private mutating func read(_ script: UnsafeBufferPointer<UInt8>) {
        var next = 0
        while statements < Self.mostStatements, let found = script.firstIndex(of: "rice", from: next) {
            next = found + 4
            guard found > 0, script[found - 1] | 0x20 == 0x70 else { continue }
            var begin = found - 1
            while begin > 0, found - begin < 24, Self.isOfName(script[begin - 1]) { begin -= 1 }
            while next < script.count, next - found < 24, Self.isOfName(script[next]) { next += 1 }
            guard !Self.isOther(script[begin..<next]), let value = Self.value(script, after: next) else { continue }
            if let (amount, isWhole) = Self.amount(script[value...]) { note(amount, isWhole) }
        }
    }

    /// Where the value begins that stands after a name: past quotes, escaped or not, and `:` or `=`.
    private static func value(_ script: UnsafeBufferPointer<UInt8>, after name: Int) -> Int? {
        var index = name
        var hasSign = false
        while index < script.count, index - name < 12 {
            switch script[index] {
            case UInt8(ascii: ":"), UInt8(ascii: "="):
                guard !hasSign else { return nil }
                hasSign = true
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: " "): break
            case UInt8(ascii: "0")...UInt8(ascii: "9"): return hasSign ? index : nil
            default: return nil
            }
            index += 1
        }
        return nil
    }

    /// A number at the beginning, in ten thousandths, and whether it has no decimal places.
    ///
    /// nil where none ends there: a date, an address, a number with thousands set apart.
    private static func amount(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> (Int, isWhole: Bool)? {
        var (amount, places, hasPoint, digits) = (0, 0, false, 0)
        var end: UInt8 = 0
        for byte in bytes {
            if byte >= 0x30, byte <= 0x39 {
                digits += 1
                guard digits <= 12 else { return nil }
                if hasPoint { places += 1 }
                if places <= 4 { amount = amount * 10 + Int(byte - 0x30) }
            } else if !hasPoint, byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") {
                // After a comma something else may come.
                hasPoint = true
                end = byte
            } else {
                guard !isOfName(byte), byte != UInt8(ascii: "."), byte != UInt8(ascii: "/") else { return nil }
                break
            }
        }
        guard digits > 0, !(places == 3 && end == UInt8(ascii: ",")) else { return nil }
        for _ in min(places, 4)..<4 { amount *= 10 }
        return (amount, isWhole: places == 0)
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte >= 0x30 && byte <= 0x39
            || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a
    }

    /// Whether the name is that of another amount than what the product costs now.
    private static func isOther(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        name.indices.contains { start in
            others[Int(name[start] | 0x20)].contains { word in
                start + word.count <= name.endIndex
                    && word.indices.allSatisfy { name[start + $0] | 0x20 == word[$0] }
            }
        }
    }

    /// By first letter.
    private static let others: [[[UInt8]]] = {
        let words = [
            "old", "orig", "was", "msrp", "rrp", "before", "strike", "cross", "list", "regular", "full", "unit", "ship",
            "deliver", "min", "max", "filter", "range", "from", "save", "saving", "install", "month", "tax",
        ]
        var table = [[[UInt8]]](repeating: [], count: 256)
        for word in words.map({ Array($0.utf8) }) { table[Int(word[0])].append(word) }
        return table
    }()
}
