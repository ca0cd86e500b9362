import Model

/// Reads JSON (RFC 8259) and says where it is wrong; Foundation's decoder only says that it is.
struct ConfigJSONParser {
    /// What is wrong, and where.
    struct Problem: Error, Hashable, CustomStringConvertible {
        /// Both count from 1.
        let line: Int
        let column: Int
        /// Completes “in line 1, column 2, …”.
        let what: String

        var description: String { "in line \(line), column \(column), \(what)" }
    }

    private let bytes: [UInt8]
    private var place = 0
    private var depth = 0

    private static let deepest = 100

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    static func parse(_ bytes: some Sequence<UInt8>) throws(Problem) -> ConfigJSON {
        var parser = ConfigJSONParser(Array(bytes))
        if parser.bytes.starts(with: [0xef, 0xbb, 0xbf]) { parser.place = 3 }
        let value = try parser.value()
        parser.skipSpace()
        guard parser.place == parser.bytes.count else {
            throw parser.problem("something follows the end of the object")
        }
        return value
    }

    private mutating func value() throws(Problem) -> ConfigJSON {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "\""): return .string(try string())
        case let byte? where byte == UInt8(ascii: "-") || byte.isASCIIDigit: return try number()
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "/"), UInt8(ascii: "#"): throw problem("there is a comment, which JSON does not have")
        case UInt8(ascii: "}"), UInt8(ascii: "]"): throw problem("a value is missing; is there a comma too many?")
        case nil: throw problem("the file ends too early; is a bracket missing?")
        default: throw problem("a value is expected: a text in double quotes, a number, true, false, null, […] or {…}")
        }
    }

    private mutating func object() throws(Problem) -> [String: ConfigJSON] {
        try enter()
        var members: [String: ConfigJSON] = [:]
        if !isNext(UInt8(ascii: "}")) {
            repeat {
                skipSpace()
                guard next == UInt8(ascii: "\"") else {
                    throw problem(
                        next == UInt8(ascii: "}")
                            ? "there is a comma before “}”"
                            : next == nil
                                ? "the file ends too early; is a bracket missing?"
                                : "a name in double quotes is expected"
                    )
                }
                let start = place
                let name = try string()
                guard members[name] == nil else {
                    place = start
                    throw problem("“\(name.prefix(80))” stands twice in one object")
                }
                guard isNext(UInt8(ascii: ":")) else { throw problem("“:” is expected after a name") }
                members[name] = try value()
            } while isNext(UInt8(ascii: ","))
            guard isNext(UInt8(ascii: "}")) else { throw problem("“,” or “}” is expected") }
        }
        depth -= 1
        return members
    }

    private mutating func array() throws(Problem) -> [ConfigJSON] {
        try enter()
        var values: [ConfigJSON] = []
        if !isNext(UInt8(ascii: "]")) {
            repeat { values.append(try value()) } while isNext(UInt8(ascii: ","))
            guard isNext(UInt8(ascii: "]")) else { throw problem("“,” or “]” is expected") }
        }
        depth -= 1
        return values
    }

    /// Steps over the opening bracket.
    private mutating func enter() throws(Problem) {
        depth += 1
        guard depth <= Self.deepest else { throw problem("brackets are nested too deeply") }
        place += 1
    }

    private mutating func string() throws(Problem) -> String {
        let start = place
        place += 1
        var text: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw problem("a text goes over the end of its line; because no quote ends it") }
            place += 1
            if byte == UInt8(ascii: "\\") { text += Array(try escape().utf8) } else { text.append(byte) }
        }
        guard next != nil else {
            place = start
            throw problem("a text has no end; because no quote ends it")
        }
        place += 1
        guard let decoded = String(validating: text, as: UTF8.self) else {
            place = start
            throw problem("a text is not UTF-8")
        }
        return decoded
    }

    private mutating func escape() throws(Problem) -> String {
        let letter = next
        place += 1
        switch letter {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default:
            place -= 1
            throw problem("“\\” must be followed by one of \" \\ / b f n r t u")
        }
        var units = [try unit()]
        let isFollowed = UTF16.isLeadSurrogate(units[0]) && next == UInt8(ascii: "\\")
        if isFollowed, place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "u") {
            place += 2
            units.append(try unit())
        }
        guard let text = String(validating: units, as: UTF16.self) else {
            throw problem("“\\u” names half a character")
        }
        return text
    }

    private mutating func unit() throws(Problem) -> UInt16 {
        let digits = String(decoding: bytes[place..<min(place + 4, bytes.count)], as: UTF8.self)
        guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit), let unit = UInt16(digits, radix: 16) else {
            throw problem("“\\u” must be followed by four hexadecimal digits")
        }
        place += 4
        return unit
    }

    private mutating func number() throws(Problem) -> ConfigJSON {
        let start = place
        while let byte = next, Self.numberBytes.contains(byte) { place += 1 }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        // Swift's own rules are a little wider than JSON's: a leading zero and a bare point are refused here.
        let digits = text.first == "-" ? text.dropFirst() : text[...]
        let isLeading = digits.count > 1 && digits.first == "0" && digits.dropFirst().first?.isNumber == true
        guard !isLeading, digits.first?.isNumber == true, text.last?.isNumber == true, !text.contains(".e"),
            !text.contains(".E"), let number = Double(text), number.isFinite
        else {
            place = start
            throw problem("“\(text.prefix(40))” is not a number")
        }
        if let whole = Int(text) { return .integer(whole) }
        return .number(number)
    }

    private static let numberBytes = Set("-+.eE0123456789".utf8)

    private mutating func word(_ word: String, _ value: ConfigJSON) throws(Problem) -> ConfigJSON {
        guard bytes[place...].starts(with: word.utf8) else { throw problem("“\(word)” is expected") }
        place += word.utf8.count
        return value
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    /// Steps over `byte`, and white space before it, if it is there.
    private mutating func isNext(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d { place += 1 }
    }

    private func problem(_ what: String) -> Problem {
        let before = bytes[..<min(place, bytes.count)]
        let lineStart = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
        let line = before.count { $0 == 0x0a } + 1
        let column = String(decoding: before[lineStart...], as: UTF8.self).count + 1
        return Problem(line: line, column: column, what: what)
    }
}
