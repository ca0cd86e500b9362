/// Character references in text that was escaped once too often.
package enum HTMLEntities {
    /// Decodes numeric references and the names that occur in shops' data; leaves every other one as it is.
    package static func decode(_ text: String) -> String {
        guard text.utf8.contains(0x26) else { return text }
        var output = ""
        var rest = text[...]
        while let mark = rest.firstIndex(of: "&") {
            output += rest[..<mark]
            rest = rest[mark...]
            let head = rest.prefix(12)
            guard let end = head.firstIndex(of: ";"), let decoded = character(head.dropFirst()[..<end]) else {
                output.append("&")
                rest = rest.dropFirst()
                continue
            }
            output.append(decoded)
            rest = rest[rest.index(after: end)...]
        }
        return output + rest
    }

    private static func character(_ name: Substring) -> Character? {
        if name.first == "#" {
            let digits = name.dropFirst()
            let number =
                digits.first == "x" || digits.first == "X"
                ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return number.flatMap(Unicode.Scalar.init).map(Character.init)
        }
        return named[String(name)]
    }

    private static let named: [String: Character] = [
        "quot": "\"", "amp": "&", "apos": "'", "lt": "<", "gt": ">", "nbsp": "\u{a0}", "euro": "€", "pound": "£",
        "yen": "¥", "cent": "¢", "reg": "®", "trade": "™", "copy": "©", "auml": "ä", "ouml": "ö", "uuml": "ü",
        "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é", "egrave": "è", "agrave": "à",
        "aacute": "á", "iacute": "í", "oacute": "ó", "uacute": "ú", "ntilde": "ñ", "ccedil": "ç", "ecirc": "ê",
        "ocirc": "ô", "acirc": "â", "ndash": "–", "mdash": "—", "rsquo": "’", "lsquo": "‘", "rdquo": "”",
        "ldquo": "“", "laquo": "«", "raquo": "»", "deg": "°", "times": "×", "hellip": "…", "middot": "·", "bull": "•",
    ]
}
