/// A run of characters of a price text that belong together.
struct PriceToken {
    enum Kind: Hashable {
        case number, word, symbol, space, lineBreak
        /// One character of punctuation.
        case mark(UInt32)
    }

    let kind: Kind
    /// The first character, as an index into the line's characters.
    let start: Int
    /// Behind the last character.
    let end: Int

    var isBlank: Bool { kind == .space || kind == .lineBreak }
}
