import CXML2

/// Finds out which characters bytes stand for, and makes them UTF-8.
///
/// Source: WHATWG Encoding Standard <https://encoding.spec.whatwg.org/> and HTML § “determining the character
/// encoding”, with one difference: a single-byte label on bytes that are valid UTF-8 beyond ASCII is not believed.
package enum CharacterSet {
    /// Valid UTF-8 without zero bytes, and the lowercase label of what the bytes were read as.
    ///
    /// Bytes that mean nothing become U+FFFD.
    package static func decode(_ body: [UInt8], contentType: String?) -> (utf8: [UInt8], label: String) {
        if body.starts(with: [0xef, 0xbb, 0xbf]) { return (valid(Array(body.dropFirst(3))), "utf-8") }
        if body.starts(with: [0xfe, 0xff]) { return convert(Array(body.dropFirst(2)), label: "utf-16be") }
        if body.starts(with: [0xff, 0xfe]) { return convert(Array(body.dropFirst(2)), label: "utf-16le") }
        let isUTF8 = UTF8Check.isValid(body)
        let named = contentType.flatMap(label(inContentType:)) ?? label(inMarkup: body)
        switch named {
        case nil: return isUTF8 ? (clean(body), "utf-8") : convert(body, label: "windows-1252")
        case "utf-8":
            if isUTF8 { return (clean(body), "utf-8") }
            // A server's standing header on an old page: the page itself may know better.
            if contentType != nil, let own = label(inMarkup: body), own != "utf-8" { return convert(body, label: own) }
            return (repaired(body), "utf-8")
        case let label?:
            let isMisnamed = isUTF8 && isSingleByte(label) && body.contains { $0 >= 0x80 }
            return isMisnamed ? (clean(body), "utf-8") : convert(body, label: label)
        }
    }

    private static func isSingleByte(_ label: String) -> Bool {
        label.hasPrefix("windows-") || label.hasPrefix("iso-8859") || label.hasPrefix("koi8") || label == "macintosh"
    }

    private static func convert(_ body: [UInt8], label: String) -> (utf8: [UInt8], label: String) {
        if label == "windows-1252" { return (clean(Windows1252.utf8(body)), label) }
        guard let converted = Iconv.utf8(body, from: CharacterSetLabel.iconvName(label)) else {
            return UTF8Check.isValid(body)
                ? (clean(body), "utf-8") : (clean(Windows1252.utf8(body)), "windows-1252")
        }
        return (valid(converted), label)
    }

    /// Without zero bytes, at which the parser would stop.
    private static func clean(_ utf8: [UInt8]) -> [UInt8] {
        let hasZero = utf8.withUnsafeBytes { bytes in
            bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
        }
        guard hasZero else { return utf8 }
        return utf8.map { $0 == 0 ? 0x20 : $0 }
    }

    /// Without what is no UTF-8 in bytes that should be.
    private static func valid(_ utf8: [UInt8]) -> [UInt8] { UTF8Check.isValid(utf8) ? clean(utf8) : repaired(utf8) }

    private static func repaired(_ body: [UInt8]) -> [UInt8] {
        clean(Array(String(decoding: body, as: UTF8.self).utf8))
    }

    /// The label that a `Content-Type` value names, nil for none or an unknown one.
    static func label(inContentType value: String) -> String? {
        let lower = value.lowercased()
        guard let mark = lower.firstRange(of: "charset") else { return nil }
        let rest = lower[mark.upperBound...].drop { $0.isWhitespace }
        guard rest.first == "=" else { return nil }
        let label = rest.dropFirst().drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }
            .prefix { !$0.isWhitespace && !";\"',".contains($0) }
        return CharacterSetLabel.canonical(String(label))
    }

    /// The label in a meta tag or an XML declaration among the first bytes.
    static func label(inMarkup body: [UInt8]) -> String? {
        var head: [UInt8] = []
        for byte in body.prefix(8192) { head.append(byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) }
        var from = 0
        while let tag = head.firstIndex(of: "<meta", from: from) {
            let end = head[tag...].firstIndex(of: 0x3e) ?? head.endIndex
            if let found = label(after: "charset", in: head[tag..<end]) { return found == "utf-16le" ? "utf-8" : found }
            from = tag + 5
        }
        if let declaration = head.firstIndex(of: "<?xml"), declaration < 8 {
            let end = head[declaration...].firstIndex(of: 0x3e) ?? head.endIndex
            return label(after: "encoding", in: head[declaration..<end])
        }
        return nil
    }

    private static func label(after word: StaticString, in tag: ArraySlice<UInt8>) -> String? {
        guard let mark = tag.firstIndex(of: word) else { return nil }
        let rest = tag[(mark + word.utf8CodeUnitCount)...].drop { $0 <= 0x20 }
        guard rest.first == 0x3d else { return nil }
        let label = rest.dropFirst().drop { $0 <= 0x20 || $0 == 0x22 || $0 == 0x27 }
            .prefix { $0 > 0x20 && !"\"';/>".utf8.contains($0) }
        return CharacterSetLabel.canonical(String(decoding: label, as: UTF8.self))
    }
}
