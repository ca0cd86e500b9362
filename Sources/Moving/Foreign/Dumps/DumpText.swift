import Model

/// The words and values of a dump, one after another.
struct DumpText {
    private let bytes: [UInt8]
    private let file: String
    /// Whether a backslash means something in a text.
    private let isMySQL: Bool
    private var place = 0

    init(_ bytes: [UInt8], name: String) {
        self.bytes = bytes
        file = name
        let head = String(decoding: bytes.prefix(4096), as: UTF8.self)
        isMySQL = ["MySQL", "MariaDB", "phpMyAdmin", "/*!"].contains { head.contains($0) }
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    /// False at the end of the file.
    mutating func skipToStatement() -> Bool {
        skipSpace()
        while next == UInt8(ascii: ";") || next == UInt8(ascii: "\\") {
            // A command of psql takes the rest of its line.
            if next == UInt8(ascii: ";") { place += 1 } else { skipLine() }
            skipSpace()
        }
        return next != nil
    }

    /// The next word of letters, digits and underscores.
    mutating func word() -> String? {
        skipSpace()
        let word = bytes[place...].prefix(while: Self.isWordByte)
        guard !word.isEmpty else {
            // Whatever stands there belongs to a statement that is skipped.
            return nil
        }
        place = word.endIndex
        return String(decoding: word, as: UTF8.self)
    }

    mutating func take(word wanted: String) -> Bool {
        let before = place
        if word()?.uppercased() == wanted { return true }
        place = before
        return false
    }

    mutating func take(_ sign: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: sign) else { return false }
        place += 1
        return true
    }

    mutating func expect(_ sign: Unicode.Scalar) throws(MovingError) {
        guard take(sign) else { throw fail("“\(sign)” is expected") }
    }

    var isAtQuotedName: Bool {
        var copy = self
        copy.skipSpace()
        return copy.next.map { [UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "[")].contains($0) } ?? false
    }

    /// A table's or column's name without quotation marks and without the schema before it.
    mutating func name() -> String? {
        var found: String?
        repeat {
            skipSpace()
            switch next {
            case UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "["):
                let end = next == UInt8(ascii: "[") ? UInt8(ascii: "]") : bytes[place]
                place += 1
                let name = bytes[place...].prefix { $0 != end }
                place = min(name.endIndex + 1, bytes.count)
                found = String(decoding: name, as: UTF8.self)
            default: found = word()
            }
        } while found != nil && take(".")
        return found
    }

    mutating func requiredName() throws(MovingError) -> String {
        guard let name = name() else { throw fail("a name is expected") }
        return name
    }

    /// A value of an INSERT; nil for NULL.
    mutating func value() throws(MovingError) -> String? {
        skipSpace()
        let value: String?
        switch next {
        case UInt8(ascii: "'"): value = try text(hasBackslashes: isMySQL)
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."): value = number()
        case let byte? where byte.isASCIIDigit: value = number()
        default: value = try named()
        }
        // PostgreSQL may say what kind of value it is.
        while next == UInt8(ascii: ":") {
            place += 1
            if next == UInt8(ascii: ":") { place += 1 }
            _ = word()
        }
        return value
    }

    private mutating func number() -> String {
        let digits = bytes[place...].prefix { Self.isWordByte($0) || [0x2b, 0x2d, 0x2e].contains($0) }
        place = digits.endIndex
        return String(decoding: digits, as: UTF8.self)
    }

    /// NULL, TRUE, E'text', X'hex', and the functions by which SQLite writes line ends.
    private mutating func named() throws(MovingError) -> String? {
        let word = word()?.lowercased()
        switch word {
        case "null": return nil
        case "true": return "1"
        case "false": return "0"
        case "e" where next == UInt8(ascii: "'"): return try text(hasBackslashes: true)
        case "x" where next == UInt8(ascii: "'"), "n" where next == UInt8(ascii: "'"), "_binary":
            skipSpace()
            return try text(hasBackslashes: isMySQL)
        case "replace": return try replaced()
        case "unistr":
            try expect("(")
            let text = try value()
            try expect(")")
            return text.map(Self.unescapedUnicode)
        default: throw fail("a value is expected")
        }
    }

    /// Reads on from `replace` in `replace('a\nb','\n',char(10))`.
    private mutating func replaced() throws(MovingError) -> String? {
        try expect("(")
        let text = try value()
        try expect(",")
        let mark = try value()
        try expect(",")
        guard take(word: "CHAR") else { throw fail("char(…) is expected") }
        try expect("(")
        let code = try value().flatMap { Int($0) }
        try expect(")")
        try expect(")")
        guard let text, let mark, let code, code < 128, let scalar = Unicode.Scalar(code) else {
            throw fail("a text is expected")
        }
        return text.split(separator: mark, omittingEmptySubsequences: false).joined(
            separator: String(Character(scalar))
        )
    }

    private mutating func text(hasBackslashes: Bool) throws(MovingError) -> String {
        let quote = UInt8(ascii: "'")
        guard next == quote else { throw fail("a text is expected") }
        place += 1
        var text: [UInt8] = []
        while let byte = next {
            place += 1
            if byte == quote {
                guard next == quote else { return String(decoding: text, as: UTF8.self) }
                place += 1
                text.append(quote)
            } else if byte == UInt8(ascii: "\\"), hasBackslashes, let escaped = next {
                place += 1
                text.append(Self.unescaped(escaped))
            } else {
                text.append(byte)
            }
        }
        throw fail("a text is never closed")
    }

    /// Up to the comma or bracket that ends a column's definition.
    mutating func skipDefinition() throws(MovingError) {
        var depth = 0
        while let byte = next {
            if depth == 0, byte == UInt8(ascii: ",") || byte == UInt8(ascii: ")") { return }
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            try skipElement(byte)
        }
    }

    /// Up to the semicolon, which is skipped too.
    mutating func skipStatement() throws(MovingError) {
        while let byte = next {
            if byte == UInt8(ascii: ";") {
                place += 1
                return
            }
            try skipElement(byte)
        }
    }

    /// A text, a quoted name, a comment, a body between `$$`, or one byte.
    private mutating func skipElement(_ byte: UInt8) throws(MovingError) {
        switch byte {
        case UInt8(ascii: "'"): _ = try text(hasBackslashes: isMySQL)
        case UInt8(ascii: "\""), UInt8(ascii: "`"): _ = name()
        case UInt8(ascii: "$") where bytes[place...].starts(with: "$$".utf8):
            let body = bytes[(place + 2)...]
            guard let end = body.firstRange(of: Array("$$".utf8)) else { throw fail("a body is never closed") }
            place = end.upperBound
        default:
            let before = place
            skipSpace()
            if place == before { place += 1 }
        }
    }

    /// White space and comments.
    private mutating func skipSpace() {
        while let byte = next {
            if byte == 0x20 || (0x09...0x0d).contains(byte) {
                place += 1
            } else if bytes[place...].starts(with: "--".utf8) {
                skipLine()
            } else if bytes[place...].starts(with: "/*".utf8) {
                let end = bytes[(place + 2)...].firstRange(of: Array("*/".utf8))
                place = end?.upperBound ?? bytes.count
            } else {
                return
            }
        }
    }

    mutating func skipLine() { _ = line() }

    /// The rest of the line; nil at the end of the file.
    mutating func line() -> String? {
        guard next != nil else { return nil }
        let line = bytes[place...].prefix { $0 != 0x0a }
        place = min(line.endIndex + 1, bytes.count)
        return String(decoding: line.last == 0x0d ? line.dropLast() : line, as: UTF8.self)
    }

    /// An error that names the line.
    func fail(_ what: String) -> MovingError {
        let line = bytes[..<min(place, bytes.count)].count { $0 == 0x0a } + 1
        return .damaged("Line \(line) of “\(file)” can't be understood: \(what).")
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte.isASCIIDigit || byte == UInt8(ascii: "_") || byte >= 0x80
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func unescaped(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "n"): 0x0a
        case UInt8(ascii: "r"): 0x0d
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "Z"): 0x1a
        // No text holds U+0000.
        case UInt8(ascii: "0"): 0x20
        default: byte
        }
    }

    /// A value between tabs; nil for NULL.
    static func unescapedCopy(_ value: Substring) -> String? {
        guard value != "\\N" else { return nil }
        guard value.contains("\\") else { return String(value) }
        var (text, rest): ([UInt8], Substring.UTF8View) = ([], value.utf8)
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() else {
                text.append(byte)
                continue
            }
            text.append(escaped == UInt8(ascii: "v") ? 0x0b : escaped == UInt8(ascii: "f") ? 0x0c : unescaped(escaped))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// `\u000a` as SQLite writes what a terminal would take for a command.
    private static func unescapedUnicode(_ text: String) -> String {
        text.replacing(/\\(?:u([0-9a-fA-F]{4})|\\)/) { match in
            guard let digits = match.output.1 else { return "\\" }
            return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? ""
        }
    }
}
