/// Text in a header: as it is where it is plain, else as encoded words (RFC 2047), folded to lines of 76 at most.
enum EncodedWord {
    /// For headers of free text, such as `Subject`; `name` is the header's, whose length counts on the first line.
    ///
    /// Line ends and other control characters become spaces.
    static func text(_ text: String, header name: String) -> String {
        let clean = clean(text)
        let isPlain = clean.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } && !clean.contains("=?")
        // A plain one that needs folding is encoded too: folding by spaces alone would lose doubled ones.
        if isPlain, name.utf8.count + 2 + clean.utf8.count <= 76, clean.first != " ", clean.last != " " { return clean }
        return words(clean, firstLineUsed: name.utf8.count + 2)
    }

    /// For the name before an address.
    static func phrase(_ text: String, header name: String) -> String {
        let clean = clean(text)
        let isPlain = clean.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } && !clean.contains("=?")
        guard isPlain, name.utf8.count + clean.utf8.count <= 60 else {
            return words(clean, firstLineUsed: name.utf8.count + 2)
        }
        return "\"\(clean.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    private static func clean(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? " " : $0 }))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
    }

    /// Each word holds whole characters and is 75 long at most; what stands between two words is no part of the text.
    private static func words(_ text: String, firstLineUsed: Int) -> String {
        let start = "=?utf-8?q?"
        var lines: [String] = []
        var word = ""
        var room = 75 - start.utf8.count - 2 - firstLineUsed
        for scalar in text.unicodeScalars {
            let encoded = encode(scalar)
            if word.utf8.count + encoded.utf8.count > room {
                lines.append("\(start)\(word)?=")
                word = ""
                room = 75 - start.utf8.count - 2
            }
            word += encoded
        }
        lines.append("\(start)\(word)?=")
        return lines.joined(separator: "\r\n ")
    }

    private static func encode(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "!", "*", "+", "-", "/": String(scalar)
        case " ": "_"
        default: String(scalar).utf8.map(\.quoted).joined()
        }
    }
}

extension UInt8 {
    /// As in `=C3`.
    var quoted: String {
        let digits = String(self, radix: 16, uppercase: true)
        return digits.count == 1 ? "=0\(digits)" : "=\(digits)"
    }
}
