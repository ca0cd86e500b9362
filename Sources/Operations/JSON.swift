/// A JSON value whose members keep the order they were written in, so that people can read it too.
///
/// Foundation's encoder cannot keep an order, and leaves out what is nil where our formats want `null`.
package indirect enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    /// Written as `null` when it is not finite.
    case number(Double)
    case string(String)
    case array([JSON])
    case object([Member])

    /// One member of an object.
    package struct Member: Hashable, Sendable {
        package let name: String
        package let value: JSON

        package init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// The text, or `null`.
    package init(_ text: String?) { self = text.map(JSON.string) ?? .null }

    /// The number, or `null`.
    package init(_ value: Int?) { self = value.map(JSON.integer) ?? .null }

    /// The last member of this name; nil where there is none, or where this is no object.
    package subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
    package init(nilLiteral: ()) { self = .null }
}

extension JSON {
    /// On one line, without spaces.
    package var line: String {
        var line = ""
        write(to: &line)
        return line
    }

    /// Appends the line.
    func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value):
            if let whole = Int(exactly: value) {
                text += String(whole)
            } else {
                text += value.isFinite ? "\(value)" : "null"
            }
        case .string(let value): Self.write(value, to: &text)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                Self.write(member.name, to: &text)
                text += ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    /// Appends `value` in quotes; nothing in it ends the line or the text, or reaches a terminal as a command.
    static func write(_ value: String, to text: inout String) {
        text += "\""
        if isPlain(value) {
            text += value
        } else {
            for scalar in value.unicodeScalars { write(scalar, to: &text) }
        }
        text += "\""
    }

    /// Nearly every text is; then it is appended whole.
    private static func isPlain(_ value: String) -> Bool {
        // 0xc2 begins the controls above 0x7f, 0xe2 the separators and directions.
        value.utf8.allSatisfy { byte in
            byte >= 0x20 && byte != 0x22 && byte != 0x5c && byte != 0x7f && byte != 0xc2 && byte != 0xe2
        }
    }

    private static func write(_ scalar: Unicode.Scalar, to text: inout String) {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case _ where scalar.isUnfitForALine:
            let digits = String(scalar.value, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: text.unicodeScalars.append(scalar)
        }
    }
}

extension Unicode.Scalar {
    /// Whether it could end a line, colour a terminal, or turn around what stands beside it.
    ///
    /// Some readers of JSON lines end a line at a separator, some terminals obey the controls above 0x7f.
    var isUnfitForALine: Bool {
        switch value {
        case 0..<0x20, 0x7f...0x9f, 0x2028...0x202e, 0x2066...0x2069: true
        default: false
        }
    }
}
