/// A word of small ASCII letters, five bits each, that costs no memory of its own.
///
/// Words of more than 24 letters are told apart only by their last letters and their length.
struct LetterWord: Hashable {
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private(set) var count = 0

    /// Adds a small letter.
    mutating func append(_ letter: UInt8) {
        second = second << 5 | first >> 55
        first = first << 5 | UInt64(letter & 0x1f)
        first &= 0x0fff_ffff_ffff_ffff
        count += 1
    }

    static func == (one: LetterWord, other: LetterWord) -> Bool {
        one.first == other.first && one.second == other.second && one.count == other.count
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(first ^ (second &* 0x9e37_79b9_7f4a_7c15))
    }
}
