/// How a character counts in a price text, after folding.
enum PriceScalarKind {
    case digit, letter, symbol, space, lineBreak, mark
}

/// Folds the characters of all scripts onto the few that matter in a price text.
enum PriceScalars {
    /// `U+E000` to `U+E009` stand for the superscript digits 0…9 after folding.
    static let superscriptZero: UInt32 = 0xE000
    static let arabicDecimal: UInt32 = 0x066B
    static let arabicThousands: UInt32 = 0x066C
    static let middleDot: UInt32 = 0xB7
    static let times: UInt32 = 0xD7
    static let lineBreak: UInt32 = 0x0A
    static let space: UInt32 = 0x20

    /// Digits of every script become ASCII digits, all dashes `-`, all apostrophes `'`, all spaces U+0020, full-width
    /// forms their narrow ones; nil for characters that only steer layout.
    static func folded(_ value: UInt32) -> UInt32? {
        if value < 0x80 { return value >= 0x20 && value != 0x60 ? value : foldedControl(value) }
        switch value {
        case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return space
        case 0xAD, 0x061C, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF: return nil
        case 0x2028, 0x2029, 0x85: return lineBreak
        case 0x2010...0x2015, 0x2043, 0x2212, 0x2E3A, 0x2E3B, 0xFE58, 0xFE63: return 0x2D
        case 0xB4, 0x02B9, 0x02BB, 0x02BC, 0x2018, 0x2019, 0x201B, 0x2032: return 0x27
        case 0x05F4: return 0x22
        case 0x060C, 0x201A, 0x2E41: return 0x2C
        case 0x2024: return 0x2E
        case 0x2219, 0x22C5: return middleDot
        case 0x301C: return 0x7E
        case 0x066A, 0xFE6A: return 0x25
        case 0xFE69: return 0x24
        case 0xFF0D: return 0x2D
        case 0xFF01...0xFF5E: return folded(value - 0xFEE0)
        case 0xFFE0: return 0xA2
        case 0xFFE1: return 0xA3
        case 0xFFE5: return 0xA5
        case 0xFFE6: return 0x20A9
        case 0xB9, 0xB2, 0xB3: return superscriptZero + (value == 0xB9 ? 1 : value - 0xB0)
        case 0x2070, 0x2074...0x2079: return superscriptZero + (value - 0x2070)
        default: return digit(value) ?? value
        }
    }

    private static func foldedControl(_ value: UInt32) -> UInt32 {
        switch value {
        case 0x0A, 0x0D: lineBreak
        case 0x60: 0x27
        default: space
        }
    }

    /// The ASCII digit for a decimal digit of another script.
    private static func digit(_ value: UInt32) -> UInt32? {
        guard value >= 0x0660 else { return nil }
        if value >= 0x1D7CE, value <= 0x1D7FF { return 0x30 + (value - 0x1D7CE) % 10 }
        var (low, high) = (0, zeros.count - 1)
        while low <= high {
            let middle = (low + high) / 2
            if value < zeros[middle] {
                high = middle - 1
            } else if value >= zeros[middle] + 10 {
                low = middle + 1
            } else {
                return 0x30 + value - zeros[middle]
            }
        }
        return nil
    }

    /// The zeros of the scripts that have digits of their own, ascending.
    ///
    /// Source: Unicode 16, category Nd.
    private static let zeros: [UInt32] = [
        0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
        0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
        0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
    ]

    /// What a folded character counts as.
    static func kind(_ value: UInt32) -> PriceScalarKind {
        switch value {
        case 0x30...0x39: .digit
        case 0x41...0x5A, 0x61...0x7A: .letter
        case space: .space
        case lineBreak: .lineBreak
        case 0x24, 0xA2...0xA5, 0x058F, 0x060B, 0x09F2, 0x09F3, 0x0AF1, 0x0BF9, 0x0E3F, 0x17DB, 0x20A0...0x20CF, 0xFDFC:
            .symbol
        case 0x00...0x7F, 0xA1, 0xA6...0xA9, 0xAB...0xB4, 0xB6...0xB9, 0xBB...0xBF, times, 0xF7: .mark
        case 0x061B, 0x061F, arabicDecimal, arabicThousands, 0x06D4, 0x0964, 0x0965: .mark
        case 0x2016...0x205E, 0x2100...0x2BFF, 0x3001...0x3004, 0x3008...0x3020, 0x3030, 0x30FB: .mark
        case superscriptZero...0xF8FF, 0xFFE0...0xFFFF, 0x1F000...0x1FFFF: .mark
        default: .letter
        }
    }

    /// The small letter of a capital, for the alphabets that write currency names.
    static func lowercased(_ value: UInt32) -> UInt32 {
        switch value {
        case 0x41...0x5A, 0xC0...0xD6, 0xD8...0xDE, 0x0391...0x03A9, 0x0410...0x042F: value + 0x20
        case 0x0100...0x0137, 0x014A...0x0177, 0x0218...0x021B, 0x1E00...0x1EFF: value | 1
        case 0x0139...0x0148, 0x0179...0x017E: value + (value & 1)
        case 0x0400...0x040F: value + 0x50
        case 0x0243: 0x0180
        case 0x0490...0x04BF: value | 1
        case 0x0531...0x0556: value + 0x30
        default: value
        }
    }
}
