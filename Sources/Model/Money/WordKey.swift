/// A short word as a value that is made, hashed and compared without making a `String`.
struct WordKey: Hashable {
    /// Longer words are in none of our lists.
    static let longest = 15

    private var parts: (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)

    /// The key of no word.
    init() {}

    /// From folded characters; nil for more than `longest`.
    init?(_ scalars: ArraySlice<UInt32>, lowercased: Bool) {
        guard scalars.count <= Self.longest else { return nil }
        for scalar in scalars { append(lowercased ? PriceScalars.lowercased(scalar) : scalar) }
    }

    /// From a word of one of our lists.
    init?(_ text: some StringProtocol, lowercased: Bool = false) {
        let scalars = text.unicodeScalars.compactMap { PriceScalars.folded($0.value) }
        self.init(scalars[...], lowercased: lowercased)
    }

    /// Three characters of 21 bits fill one part.
    private mutating func append(_ scalar: UInt32) {
        let value = UInt64(scalar) &+ 1
        if parts.4 >> 42 == 0, parts.3 >> 42 != 0 {
            parts.4 = parts.4 << 21 | value
        } else if parts.3 >> 42 == 0, parts.2 >> 42 != 0 {
            parts.3 = parts.3 << 21 | value
        } else if parts.2 >> 42 == 0, parts.1 >> 42 != 0 {
            parts.2 = parts.2 << 21 | value
        } else if parts.1 >> 42 == 0, parts.0 >> 42 != 0 {
            parts.1 = parts.1 << 21 | value
        } else {
            parts.0 = parts.0 << 21 | value
        }
    }

    static func == (left: Self, right: Self) -> Bool { left.parts == right.parts }

    func hash(into hasher: inout Hasher) {
        hasher.combine(parts.0)
        hasher.combine(parts.1)
        if parts.2 != 0 { hasher.combine(parts.2) }
    }
}
