import SQL

/// A line of an export in the making: bytes of JSON without white space.
///
/// Both engines' values become the same bytes here, so that two exports of equal rows are equal.
struct JSONLine {
    private(set) var bytes: [UInt8] = []

    /// `["table",value,…]` and the end of the line.
    mutating func append(_ table: String, _ values: some Sequence<Value>) throws(SQLError) {
        bytes.append(UInt8(ascii: "["))
        append(text: table)
        for value in values {
            bytes.append(UInt8(ascii: ","))
            switch value {
            case .null: bytes += "null".utf8
            case .integer(let number): bytes += String(number).utf8
            // The shortest text that is read as the same number again.
            case .real(let number) where number.isFinite: bytes += number.description.utf8
            case .text(let text): append(text: text)
            case .real, .blob: throw .column(table, "holds a value that can't be exported")
            }
        }
        bytes.append(UInt8(ascii: "]"))
        bytes.append(UInt8(ascii: "\n"))
    }

    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    private mutating func append(text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { characters in
            var start = 0
            for (place, byte) in characters.enumerated() where Self.isEscaped(byte) {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: characters[start..<place]))
                bytes += Self.escape(byte)
                start = place + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: characters[start...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func escape(_ byte: UInt8) -> [UInt8] {
        switch byte {
        // No engine takes U+0000 back; it becomes U+FFFD, as in a statement.
        case 0: Array("\u{fffd}".utf8)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
        default: Array("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
        }
    }
}
