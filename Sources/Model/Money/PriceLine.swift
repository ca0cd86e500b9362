/// A price text cut into numbers, words, currency symbols and punctuation.
struct PriceLine {
    /// Folded characters, see `PriceScalars`.
    private(set) var scalars: [UInt32]
    private(set) var tokens: [PriceToken] = []
    private(set) var hasDigits = false

    /// Longer texts are no price texts; what lies behind is not read.
    private static let longest = 1000
    /// A text without any digit is only looked at when it is short enough to say “free”.
    private static let longestWithoutDigits = 60

    /// nil for texts that can't name a price.
    init?(_ text: String) {
        let mayHoldDigits = text.utf8.contains { $0.isASCIIDigit || $0 >= 0x80 }
        guard mayHoldDigits || text.utf8.count <= Self.longestWithoutDigits else { return nil }
        scalars = []
        scalars.reserveCapacity(min(text.utf8.count, Self.longest))
        for scalar in text.unicodeScalars.prefix(Self.longest) {
            guard let folded = PriceScalars.folded(scalar.value) else { continue }
            hasDigits = hasDigits || (folded >= 0x30 && folded <= 0x39)
            scalars.append(folded)
        }
        tokens.reserveCapacity(16)
        cut()
    }

    /// The character at `index`; a line break outside the text.
    func scalar(_ index: Int) -> UInt32 {
        scalars.indices.contains(index) ? scalars[index] : PriceScalars.lineBreak
    }

    func isDigit(_ index: Int) -> Bool {
        let value = scalar(index)
        return value >= 0x30 && value <= 0x39
    }

    func isLetter(_ index: Int) -> Bool {
        PriceScalars.kind(scalar(index)) == .letter
    }

    private mutating func cut() {
        var at = 0
        while at < scalars.count {
            let start = at
            let kind: PriceToken.Kind
            switch PriceScalars.kind(scalars[at]) {
            case .digit:
                at = numberEnd(from: at)
                kind = .number
            case .mark where startsNumber(at):
                at = numberEnd(from: at)
                kind = .number
            case .mark:
                kind = .mark(scalars[at])
                at += 1
            case .letter:
                at = wordEnd(from: at)
                kind = .word
            case .symbol:
                kind = .symbol
                at += 1
            case .lineBreak, .space:
                var breaks = false
                while at < scalars.count, scalars[at] == PriceScalars.space || scalars[at] == PriceScalars.lineBreak {
                    breaks = breaks || scalars[at] == PriceScalars.lineBreak
                    at += 1
                }
                kind = breaks ? .lineBreak : .space
            }
            tokens.append(PriceToken(kind: kind, start: start, end: at))
        }
    }

    /// `.75` is a number; the point of `kr.75` and `S/.75` belongs to the sign.
    private func startsNumber(_ at: Int) -> Bool {
        guard scalars[at] == 0x2E || scalars[at] == 0x2C || scalars[at] == PriceScalars.arabicDecimal else {
            return false
        }
        guard isDigit(at + 1), at > 0 else { return isDigit(at + 1) }
        return !isDigit(at - 1) && !isLetter(at - 1) && scalars[at - 1] != 0x2F
    }

    /// Letters, with apostrophes (`so'm`), Hebrew double quotes and the points of abbreviations (`د.إ`, `U.S`) inside.
    private func wordEnd(from start: Int) -> Int {
        var at = start
        var part = start
        while true {
            if isLetter(at) {
                at += 1
            } else if scalar(at) == 0x27, isLetter(at + 1) {
                at += 1
            } else if scalar(at) == 0x22, isHebrew(at - 1), isHebrew(at + 1) {
                at += 1
            } else if scalar(at) == 0x2E, at - part <= 2, isLetter(at + 1), !(isLetter(at + 2) && isLetter(at + 3)) {
                at += 1
                part = at
            } else {
                return at
            }
        }
    }

    private var endsWithSign: Bool {
        guard let placed = sign(endingAt: tokens.count - 1) else { return false }
        return placed.sign.strength != .doubtful
    }

    private func isHebrew(_ index: Int) -> Bool { (0x05D0...0x05EA).contains(scalar(index)) }

    private func numberEnd(from start: Int) -> Int {
        // `RTX 3080` keeps its number apart from a price behind it; `S21 799 €` must not read as 21 799.
        let touchesWord = start > 0 && isLetter(start - 1) && !endsWithSign
        return PriceNumber.end(in: self, from: start, joinsSpaces: !touchesWord)
    }

    /// The token before `index` that is not blank.
    func solidBefore(_ index: Int) -> Int? {
        var at = index - 1
        while at >= 0 {
            if !tokens[at].isBlank { return at }
            at -= 1
        }
        return nil
    }

    /// The token behind `index` that is not blank.
    func solidAfter(_ index: Int) -> Int? {
        var at = index + 1
        while at < tokens.count {
            if !tokens[at].isBlank { return at }
            at += 1
        }
        return nil
    }

    func kind(_ index: Int) -> PriceToken.Kind? {
        tokens.indices.contains(index) ? tokens[index].kind : nil
    }

    func isMark(_ index: Int, _ mark: Unicode.Scalar) -> Bool {
        kind(index) == .mark(mark.value)
    }

    /// The word at `index` in small letters, without the points behind it; the key of no word for other tokens.
    func word(_ index: Int) -> WordKey {
        guard kind(index) == .word else { return WordKey() }
        return WordKey(scalars[tokens[index].start..<tokens[index].end], lowercased: true) ?? WordKey()
    }

    /// The characters of `range` as text, at most 40 of them.
    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        for scalar in scalars[range].prefix(40).compactMap(Unicode.Scalar.init) { view.append(scalar) }
        return String(view)
    }
}
