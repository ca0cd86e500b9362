import Markup

/// What short texts on shop pages mean, in the languages that shops are written in.
enum Phrase: Int, CaseIterable {
    case outOfStock, discontinued, inStock, preorder, buy, listPrice, currentPrice, saving, unit, instalment, shipping
    case related, notFound, member, withoutTax, least, sorting, notSold, onRequest

    /// Every phrase found in a text of lower-case letters, each with its first byte.
    static func scan(_ text: UnsafeBufferPointer<UInt8>, _ found: (Phrase, Int) -> Void) {
        var index = 0
        var isStart = true
        scanning: while index < text.count {
            let byte = text[index]
            // Characters beyond the Latin, Greek and Cyrillic ones stand without spaces between words.
            if isStart || byte >= 0xe0 || !isWordByte(byte) {
                for entry in PhraseTable.byFirstByte[Int(byte)] where entry.matches(text, at: index) {
                    found(entry.phrase, index)
                    // “Not available” does not say “available” too.
                    index += entry.bytes.count
                    isStart = !isWordByte(text[index - 1]) || text[index - 1] >= 0x80
                    continue scanning
                }
            }
            isStart = !isWordByte(byte)
            index += 1
        }
    }

    /// Whether any phrase of this kind is in the text, which may have capital letters.
    func occurs(in text: String) -> Bool {
        var isFound = false
        var lower = text.lowercased()
        lower.withUTF8 { Phrase.scan($0) { phrase, _ in if phrase == self { isFound = true } } }
        return isFound
    }

    static func isWordByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39)
    }
}

/// One phrase as bytes.
struct PhraseEntry {
    let phrase: Phrase
    let bytes: [UInt8]
    /// Whether letters may follow.
    let isStem: Bool

    func matches(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index + bytes.count <= text.count else { return false }
        for offset in 0..<bytes.count where text[index + offset] != bytes[offset] { return false }
        // “Cannot be ordered for pickup” says something else.
        if phrase == .notSold, index + bytes.count < text.count {
            return [0x2e, 0x2c, 0x21, 0x3b].contains(text[index + bytes.count])
        }
        guard !isStem, index + bytes.count < text.count, let last = bytes.last, last < 0xe0, Phrase.isWordByte(last)
        else {
            return true
        }
        // The last letter of a word of another script has three bytes, of which none but the first is above 0xE0.
        if bytes.count >= 3, bytes[bytes.count - 3] >= 0xe0 { return true }
        return !Phrase.isWordByte(text[index + bytes.count])
    }
}
