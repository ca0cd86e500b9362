import Model

/// A quick look at a text before it is read as a price: most texts with digits are none.
struct SpotText {
    private(set) var letters = 0
    private(set) var digits = 0
    /// Whether a currency's sign that is no letter stands in it.
    private(set) var hasSymbol = false
    private var hasPercent = false
    private var mixedWords = 0
    private let length: Int

    init(_ text: String) {
        length = text.utf8.count
        var changes = 0
        var wasDigit: Bool?
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39:
                digits += 1
                if wasDigit == false { changes += 1 }
                wasDigit = true
            case 0x41...0x5a, 0x61...0x7a:
                letters += 1
                if wasDigit == true { changes += 1 }
                wasDigit = false
            case 0x24, 0xa2...0xa5, 0x20a0...0x20cf: hasSymbol = true
            case 0x25: hasPercent = true
            case 0x80...:
                if Self.isLetter(scalar) {
                    letters += 1
                } else if scalar.properties.numericType != nil {
                    digits += 1
                }
                if scalar.value == 0x5143 || scalar.value == 0x5186 || scalar.value == 0xff04 || scalar.value == 0xffe5
                {
                    hasSymbol = true
                }
                wasDigit = nil
            default: wasDigit = nil
            }
            // Digits and letters by turns, as in `MzI5Ljk5` and `DK1510LA`, are a code.
            if wasDigit == nil {
                if changes >= 3 { mixedWords += 1 }
                changes = 0
            }
        }
        if changes >= 3 { mixedWords += 1 }
    }

    /// Whether a dash or “to” stands between two numbers, with no more than a currency beside it: not `1.234,-` and a
    /// model's name.
    static func isRange(_ text: String) -> Bool {
        var (before, word): (Unicode.Scalar, String.UnicodeScalarView) = (" ", .init())
        var (hasNumber, isJoined, letters) = (false, false, 0)
        for scalar in text.unicodeScalars {
            defer { before = scalar }
            switch scalar.value {
            case 0x20, 0xa0:
                if hasNumber, between.contains(String(word).lowercased()) { isJoined = true }
                word.removeAll()
            case 0x30...0x39:
                if isJoined { return true }
                hasNumber = true
                letters = 0
                word.removeAll()
            case 0x2d, 0x2013, 0x2014, 0x7e, 0x301c, 0xff5e:
                isJoined = hasNumber && before != "," && before != "." && !isLetter(before)
                letters = 0
            default:
                word.append(scalar)
                if isLetter(scalar) { letters += 1 }
                if letters > 8 { (hasNumber, isJoined) = (false, false) }
            }
        }
        return false
    }

    private static let between: Set<String> = ["to", "bis", "à", "a", "až", "do", "till", "til", "tot", "до"]

    /// How many words stand before the first digit.
    static func wordsBefore(_ text: String) -> Int {
        let before = text.prefix { !$0.isWholeNumber }
        return before.split(whereSeparator: \.isWhitespace).count { $0.unicodeScalars.contains(where: isLetter) }
    }

    /// Whether what follows a slash is one piece: `£3.50/unit`.
    static func isPerPiece(_ text: String) -> Bool {
        guard let slash = text.lastIndex(of: "/") else { return false }
        let unit = text[text.index(after: slash)...].lowercased().filter { !$0.isWhitespace && $0 != "." }
        return pieces.contains(unit)
    }

    private static let pieces: Set<String> = [
        "unit", "ea", "each", "pc", "pcs", "piece", "pièce", "stück", "stk", "szt", "ks", "db", "tk", "kpl", "шт",
    ]

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x80: scalar.value | 0x20 >= 0x61 && scalar.value | 0x20 <= 0x7a
        // Cyrillic, and what Chinese and Japanese are written with, without asking the tables.
        case 0x400..<0x482, 0x4e00..<0xa000, 0x3041..<0x3097, 0x30a1..<0x30fb: true
        case 0x2000..<0x2070, 0x20a0..<0x20d0: false
        default: scalar.properties.isAlphabetic
        }
    }

    var canBePrice: Bool {
        length <= 100 && digits > 0 && digits <= 16 && letters <= 40 && mixedWords == 0 && (!hasPercent || length > 12)
    }
}
