/// Reads JSON as shops write it.
///
/// Forgives what is common in pages: trailing and doubled commas, comments, CDATA marks, control characters and bare
/// quotes in strings, single quotes, keys without quotes, `undefined`, several values in a row, a missing end.
/// Deeper than 200 levels reads as null. Time is linear in the text.
package struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private static let deepest = 200

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Every value in the text, in order; what is between them and is no value is skipped.
    ///
    /// Text in which quotes are written as HTML entities is decoded first.
    package static func values(_ text: some StringProtocol) -> [JSONValue] {
        var text = String(text)
        return text.withUTF8 { Self.values($0) }
    }

    /// As `values(_:)`, from UTF-8.
    package static func values(_ bytes: UnsafeBufferPointer<UInt8>) -> [JSONValue] {
        if !bytes.contains(0x22), bytes.contains("&quot;") || bytes.contains("&#34;") {
            var decoded = HTMLEntities.decode(String(decoding: bytes, as: UTF8.self))
            return decoded.withUTF8 { Self.valuesAsWritten($0) }
        }
        return valuesAsWritten(bytes)
    }

    /// As `values(_:)`, entities left as they are: text that was decoded may still hold some.
    private static func valuesAsWritten(_ bytes: UnsafeBufferPointer<UInt8>) -> [JSONValue] {
        var parser = JSONParser(bytes)
        var found: [JSONValue] = []
        while parser.skipToValue() {
            let start = parser.index
            if let value = parser.value(depth: 0) { found.append(value) }
            if parser.index == start { parser.index += 1 }
        }
        return found
    }

    /// Moves to the next object or array; at the very start, to any value.
    private mutating func skipToValue() -> Bool {
        let isStart = index == 0
        skipBlank()
        if isStart, index < bytes.count, isScalarStart(bytes[index]) { return true }
        while index < bytes.count, bytes[index] != 0x7b, bytes[index] != 0x5b { index += 1 }
        return index < bytes.count
    }

    private func isScalarStart(_ byte: UInt8) -> Bool {
        byte == 0x22 || byte == 0x2d || (byte >= 0x30 && byte <= 0x39) || starts("true") || starts("false")
            || starts("null")
    }

    private func starts(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard index + count <= bytes.count else { return false }
        for offset in 0..<count where bytes[index + offset] != word.utf8Start[offset] { return false }
        return true
    }

    /// Past white space, control characters, comments and CDATA marks.
    private mutating func skipBlank() {
        while index < bytes.count {
            let byte = bytes[index]
            if byte <= 0x20 || byte == 0x7f {
                index += 1
            } else if byte == 0x2f, starts("//") {
                while index < bytes.count, bytes[index] != 0x0a, !starts("<![CDATA["), !starts("]]>") { index += 1 }
            } else if byte == 0x2f, starts("/*") {
                index += 2
                while index < bytes.count, !starts("*/") { index += 1 }
                index = min(bytes.count, index + 2)
            } else if byte == 0x3c, starts("<![CDATA[") {
                index += 9
            } else if byte == 0x5d, starts("]]>") {
                index += 3
            } else if byte == 0x3c, starts("<!--") {
                index += 4
            } else if byte == 0x2d, starts("-->") {
                index += 3
            } else if byte == 0xc2, index + 1 < bytes.count, bytes[index + 1] == 0xa0 {
                index += 2
            } else if byte == 0xef, starts("\u{feff}") {
                index += 3
            } else {
                return
            }
        }
    }

    private mutating func value(depth: Int) -> JSONValue? {
        skipBlank()
        guard index < bytes.count else { return nil }
        switch bytes[index] {
        case 0x7b: return object(depth: depth + 1)
        case 0x5b: return array(depth: depth + 1)
        case 0x22, 0x27: return .string(string())
        default: return word()
        }
    }

    private mutating func object(depth: Int) -> JSONValue {
        index += 1
        guard depth <= Self.deepest else {
            skipNested()
            return .null
        }
        var members: [JSONValue.Member] = []
        while true {
            skipBlank()
            guard index < bytes.count else { break }
            let byte = bytes[index]
            if byte == 0x7d {
                index += 1
                break
            }
            // An array's end here closes the array around a broken object.
            if byte == 0x5d { break }
            if byte == 0x2c || byte == 0x3a || byte == 0x3b {
                index += 1
                continue
            }
            let start = index
            let key = byte == 0x22 || byte == 0x27 ? string() : bareWord()
            skipBlank()
            if index < bytes.count, bytes[index] == 0x3a {
                index += 1
                skipBlank()
                if index < bytes.count, bytes[index] == 0x2c || bytes[index] == 0x7d { continue }
                if let value = value(depth: depth) { members.append(.init(key: key, value: value)) }
            }
            if index == start { index += 1 }
        }
        return .object(members)
    }

    private mutating func array(depth: Int) -> JSONValue {
        index += 1
        guard depth <= Self.deepest else {
            skipNested()
            return .null
        }
        var values: [JSONValue] = []
        while true {
            skipBlank()
            guard index < bytes.count else { break }
            let byte = bytes[index]
            if byte == 0x5d {
                index += 1
                break
            }
            if byte == 0x7d { break }
            if byte == 0x2c {
                index += 1
                continue
            }
            let start = index
            if let value = value(depth: depth) { values.append(value) }
            if index == start { index += 1 }
        }
        return .array(values)
    }

    /// Past the end of the bracket that is open.
    private mutating func skipNested() {
        var depth = 1
        while index < bytes.count, depth > 0 {
            switch bytes[index] {
            case 0x7b, 0x5b: depth += 1
            case 0x7d, 0x5d: depth -= 1
            case 0x22:
                _ = string()
                continue
            default: break
            }
            index += 1
        }
    }

    /// A number, a constant, or a word that means nothing to us, which is null.
    private mutating func word() -> JSONValue? {
        let text = bareWord()
        switch text {
        case "": return nil
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null", "undefined", "NaN", "Infinity", "-Infinity": return .null
        default: return Self.isNumber(text) ? .number(text) : .string(text)
        }
    }

    private mutating func bareWord() -> String {
        let start = index
        while index < bytes.count {
            let byte = bytes[index]
            if byte <= 0x20 || byte == 0x2c || byte == 0x3a || byte == 0x7b || byte == 0x7d || byte == 0x5b
                || byte == 0x5d
                || byte == 0x22 || byte == 0x3b
            {
                break
            }
            index += 1
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    static func isNumber(_ text: String) -> Bool {
        var hasDigit = false
        for (offset, byte) in text.utf8.enumerated() {
            switch byte {
            case 0x30...0x39: hasDigit = true
            case 0x2e, 0x65, 0x45, 0x2b: if offset == 0 { return false }
            case 0x2d: if offset > 0, text.utf8.dropFirst(offset - 1).first.map({ $0 | 0x20 }) != 0x65 { return false }
            default: return false
            }
        }
        return hasDigit
    }

    /// The string at `index`, which is its quote.
    private mutating func string() -> String {
        let quote = bytes[index]
        index += 1
        let start = index
        // Most strings hold nothing special: one copy.
        while index < bytes.count, bytes[index] != quote, bytes[index] != 0x5c { index += 1 }
        if index < bytes.count, bytes[index] == quote, closes(at: index, quote: quote) {
            let text = String(decoding: bytes[start..<index], as: UTF8.self)
            index += 1
            return text
        }
        var text = Array(bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            if byte == quote, closes(at: index, quote: quote) {
                index += 1
                break
            } else if byte == 0x5c {
                escape(into: &text)
            } else {
                text.append(byte)
                index += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether a quote ends its string: what comes next must be able to follow a value.
    private func closes(at quoteIndex: Int, quote: UInt8) -> Bool {
        var next = quoteIndex + 1
        // Far ahead nothing is looked up: that would not be linear.
        let limit = min(bytes.count, quoteIndex + 256)
        while next < limit, bytes[next] <= 0x20 { next += 1 }
        guard next < limit else { return true }
        switch bytes[next] {
        case 0x2c, 0x7d, 0x5d, 0x3a, 0x3b, 0x2f, 0x3c: return true
        // A missing comma: the next key follows on its own line.
        case 0x22: return bytes[quoteIndex + 1..<next].contains(0x0a)
        default: return false
        }
    }

    private mutating func escape(into text: inout [UInt8]) {
        index += 1
        guard index < bytes.count else { return }
        let byte = bytes[index]
        index += 1
        switch byte {
        case 0x6e: text.append(0x0a)
        case 0x74: text.append(0x09)
        case 0x72: text.append(0x0d)
        case 0x62, 0x66: text.append(0x20)
        case 0x75:
            let scalar = unicodeEscape()
            text.append(contentsOf: String(Character(scalar)).utf8)
        case 0x78:
            let scalar = hexadecimal(digits: 2).flatMap(Unicode.Scalar.init) ?? "\u{fffd}"
            text.append(contentsOf: String(Character(scalar)).utf8)
        default: text.append(byte)
        }
    }

    private mutating func unicodeEscape() -> Unicode.Scalar {
        guard let first = hexadecimal(digits: 4) else { return "\u{fffd}" }
        if (0xd800..<0xdc00).contains(first), starts("\\u") {
            let back = index
            index += 2
            if let second = hexadecimal(digits: 4), (0xdc00..<0xe000).contains(second) {
                return Unicode.Scalar(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)) ?? "\u{fffd}"
            }
            index = back
        }
        return Unicode.Scalar(first) ?? "\u{fffd}"
    }

    private mutating func hexadecimal(digits: Int) -> UInt32? {
        guard index + digits <= bytes.count else { return nil }
        var number: UInt32 = 0
        for offset in 0..<digits {
            let byte = bytes[index + offset]
            switch byte {
            case 0x30...0x39: number = number << 4 | UInt32(byte - 0x30)
            case 0x41...0x46, 0x61...0x66: number = number << 4 | UInt32((byte | 0x20) - 0x61 + 10)
            default: return nil
            }
        }
        index += digits
        return number
    }
}
