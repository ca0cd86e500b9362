extension WebAddress {
    /// The parameters behind the `?`, in their order, decoded: `+` and `%20` are spaces.
    package var parameters: [(name: String, value: String)] {
        let query = target.drop { $0 != "?" }.dropFirst()
        return query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(parts[0]), parts.count == 2 ? Self.decoded(parts[1]) : "")
        }
    }

    /// The value of the first parameter of this name.
    package func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// What is no valid escape stays as it is.
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(escape: rest.prefix(2)) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    /// Of two hexadecimal digits.
    fileprivate init?(escape digits: Substring.UTF8View.SubSequence) {
        let text = String(Substring(digits))
        guard text.utf8.count == 2, text.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else {
            return nil
        }
        self.init(text, radix: 16)
    }
}
