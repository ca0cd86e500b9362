import CXML2

/// The text of scripts and styles, in which nothing is markup but the end tag.
enum RawText {
    /// How many bytes stand before `</name`, capital or small; nil where there is no end tag.
    static func length(of bytes: UnsafeBufferPointer<UInt8>, until name: UnsafePointer<UInt8>) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        let nameLength = strlen(UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
        var index = 0
        while index < bytes.count, let found = memchr(base + index, 0x3c, bytes.count - index) {
            index = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
            guard index + 2 + nameLength <= bytes.count else { return nil }
            if bytes[index + 1] == 0x2f,
                (0..<nameLength).allSatisfy({ offset in
                    let byte = bytes[index + 2 + offset]
                    return (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) == name[offset]
                })
            {
                return index
            }
            index += 1
        }
        return nil
    }

    /// Hands over the text without the characters that XML does not know, as the parser does.
    static func valid(_ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        // Without branches, so that the compiler takes many bytes at a time.
        var suspects: UInt8 = 0
        for byte in text {
            let isControl: UInt8 = byte < 0x20 ? 1 : 0
            let isBlank: UInt8 = byte == 0x09 || byte == 0x0a || byte == 0x0d ? 1 : 0
            suspects |= (isControl & ~isBlank) | (byte == 0xef ? 1 : 0)
        }
        guard suspects != 0 else { return body(text) }
        var kept: [UInt8] = []
        kept.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            let byte = text[index]
            // U+FFFE and U+FFFF.
            if byte == 0xef, index + 2 < text.count, text[index + 1] == 0xbf, text[index + 2] >= 0xbe {
                index += 3
                continue
            }
            if byte >= 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d { kept.append(byte) }
            index += 1
        }
        kept.withUnsafeBufferPointer(body)
    }
}
