/// Character references in text that was escaped once too often.
package enum HTMLEntities {
    /// Decodes numeric references and the names that occur in shops' data; leaves every other one as it is.
    package static func decode(_ text: String) -> String {
        guard text.utf8.contains(0x26) else { return text }
        // Not by `Character`: a semicolon that an accent follows is none, but it ends a reference.
        var output = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let mark = rest.firstIndex(of: "&") {
            output += rest[..<mark]
            rest = rest[mark...]
            let head = rest.prefix(12)
            guard let end = head.firstIndex(of: ";"), let decoded = scalar(Substring(head.dropFirst()[..<end])) else {
                output.append("&")
                rest = rest.dropFirst()
                continue
            }
            output.append(decoded)
            rest = rest[rest.index(after: end)...]
        }
        output += rest
        return String(output)
    }

    private static func scalar(_ name: Substring) -> Unicode.Scalar? {
        if name.utf8.first == 0x23 {
            let digits = name.unicodeScalars.dropFirst()
            let number =
                digits.first == "x" || digits.first == "X"
                ? UInt32(Substring(digits.dropFirst()), radix: 16) : UInt32(Substring(digits))
            return number.flatMap(Unicode.Scalar.init)
        }
        return named[String(name)]
    }

    private static let named: [String: Unicode.Scalar] = [
        "quot": "\"", "amp": "&", "apos": "'", "lt": "<", "gt": ">", "nbsp": "\u{a0}", "euro": "€", "pound": "£",
        "yen": "¥", "cent": "¢", "reg": "®", "trade": "™", "copy": "©", "auml": "ä", "ouml": "ö", "uuml": "ü",
        "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é", "egrave": "è", "agrave": "à",
        "aacute": "á", "iacute": "í", "oacute": "ó", "uacute": "ú", "ntilde": "ñ", "ccedil": "ç", "ecirc": "ê",
        "ocirc": "ô", "acirc": "â", "ndash": "–", "mdash": "—", "rsquo": "’", "lsquo": "‘", "rdquo": "”",
        "ldquo": "“", "laquo": "«", "raquo": "»", "deg": "°", "times": "×", "hellip": "…", "middot": "·", "bull": "•",
    ]
}
