/// What the tokens around a number say about it.
struct PriceSurroundings {
    let line: PriceLine

    init(_ line: PriceLine) {
        self.line = line
    }

    enum Standing {
        case price
        /// `19 99`: one price or two numbers.
        case torn(PlainDecimal)
        /// The word beside the number may be a currency that we don't know.
        case doubtful(word: String)
        case somethingElse
    }

    func isPercentage(_ index: Int) -> Bool {
        let after = line.kind(index + 1) == .space ? index + 2 : index + 1
        if line.isMark(after, "%") || line.isMark(after, "‰") { return true }
        if PriceWords.percent.contains(line.word(after)) { return true }
        // The Turkish `%50`; in `5%20` the sign belongs to the 5.
        return line.isMark(index - 1, "%") && line.kind(index - 2) != .number
    }

    /// Whether the amount with its sign (tokens `first` to `last`) is a discount, a delivery fee or a threshold.
    func isNoPrice(from first: Int, to last: Int) -> Bool {
        if let after = line.solidAfter(last) {
            let word = line.word(after)
            if PriceWords.takenOff.contains(word) { return true }
            // In `12 € sleva 10 %` and `12 € Versand 5 €` the word belongs to what follows.
            if line.solidAfter(after) == nil, PriceWords.savings.contains(word) || PriceWords.shipping.contains(word) {
                return true
            }
        }
        if let before = wordBefore(first), PriceWords.savings.contains(before) || PriceWords.shipping.contains(before) {
            return true
        }
        var isFree = false
        var isShipping = false
        for index in line.tokens.indices.prefix(first) {
            switch line.tokens[index].kind {
            case .word:
                let word = line.word(index)
                isFree = isFree || PriceWords.free.contains(word)
                isShipping = isShipping || PriceWords.shipping.contains(word)
            case .lineBreak, .mark(0x21), .mark(0x2E), .mark(0x3B), .mark(0x7C), .mark(0x2022):
                // `Free delivery! Now $12.50`: what follows is about something else.
                (isFree, isShipping) = (false, false)
            default:
                break
            }
        }
        return isFree && isShipping
    }

    /// Whether the amount that begins at `index` is named as what the thing cost before.
    func isFormer(_ index: Int) -> Bool { wordBefore(index).map(PriceWords.former.contains) ?? false }

    /// Whether the amount that begins at `index` is named as what the thing costs now.
    func isCurrent(_ index: Int) -> Bool { wordBefore(index).map(PriceWords.current.contains) ?? false }

    /// The last word before `index` that says something: `save` in `save up to $5`.
    private func wordBefore(_ index: Int) -> WordKey? {
        var at = line.solidBefore(index)
        while let found = at {
            switch line.tokens[found].kind {
            case .word:
                let word = line.word(found)
                guard PriceWords.fillers.contains(word) else { return word }
            case .mark(0x3A), .mark(0x2D), .mark(0x2B): break
            default: return nil
            }
            at = line.solidBefore(found)
        }
        return nil
    }

    /// Whether a number without a sign is a size, a code, a date or a count.
    func isOtherThing(_ index: Int) -> Bool {
        let token = line.tokens[index]
        if line.kind(index - 1) == .word { return true }
        if let before = line.solidBefore(index), line.isMark(before, "#") || line.isMark(before, "№") { return true }
        if line.isMark(index - 1, "+"), line.isDigit(token.start) { return true }
        if isBeside(index, ["/", ":", "x", "×", "*"]) { return true }
        // Feet and inches: 5'10
        if token.end - token.start >= 4, line.scalars[token.end - 3] == 0x27 { return true }
        if let after = line.solidAfter(index), isUnit(after) { return true }
        // Numbers of so many digits are article and telephone numbers.
        return token.end - token.start > 9 && (token.start..<token.end).allSatisfy(line.isDigit)
    }

    /// Whether the word at `index` is a unit or a thing that is counted.
    ///
    /// A single capital is not: it may be a currency (`1 S`).
    func isUnit(_ index: Int) -> Bool {
        let token = line.tokens[index]
        guard token.kind == .word else { return false }
        if token.end - token.start == 1, (0x41...0x5A).contains(line.scalars[token.start]) { return false }
        return PriceWords.units.contains(line.word(index))
    }

    /// Whether one of `marks` joins the number at `index` with another one: `12/05`, `12:30`, `10 x 20`.
    private func isBeside(_ index: Int, _ marks: Set<Unicode.Scalar>) -> Bool {
        func joins(_ at: Int?, _ other: (Int) -> Int?) -> Bool {
            guard let at, let far = other(at), line.tokens[far].kind == .number else { return false }
            guard case .mark(let value) = line.tokens[at].kind else { return isLetter(at, "x") }
            return Unicode.Scalar(value).map(marks.contains) ?? false
        }
        return joins(line.solidAfter(index), line.solidAfter) || joins(line.solidBefore(index), line.solidBefore)
    }

    /// The word that scales the number at `index`: `5 Mio. €`, `$1.5M`.
    func scale(_ index: Int, _ sign: PlacedSign?) -> String? {
        for at in [line.solidAfter(index), sign.flatMap { $0.first > index ? line.solidAfter($0.last) : nil }] {
            guard let at, at != sign?.first else { continue }
            let token = line.tokens[at]
            let isTouching = token.start == line.tokens[index].end && (isLetter(at, "m") || isLetter(at, "b"))
            let first = Unicode.Scalar(line.scalars[token.start])
            let isNumeral = first.map("万萬億亿千만억천".unicodeScalars.contains) ?? false
            if isTouching || isNumeral || PriceWords.scales.contains(line.word(at)) {
                return line.text(token.start..<token.end)
            }
        }
        return nil
    }

    /// Whether the token is this one letter, small or capital.
    private func isLetter(_ index: Int, _ letter: Unicode.Scalar) -> Bool {
        let token = line.tokens[index]
        return token.end - token.start == 1 && PriceScalars.lowercased(line.scalars[token.start]) == letter.value
    }

    func isNegative(_ index: Int, _ sign: PlacedSign?) -> Bool {
        let starts = [index] + (sign.map { $0.first < index ? [$0.first] : [] } ?? [])
        return starts.contains { at in
            guard line.isMark(at - 1, "-") else { return false }
            guard let before = line.solidBefore(at - 1) else { return true }
            let isApart = line.tokens[at - 2].isBlank
            switch line.tokens[before].kind {
            case .symbol: return true
            case .word: return isApart || sign?.last == before
            case .mark(let value): return isApart || value == 0x3A || value == 0x28
            default: return false
            }
        }
    }

    /// Whether the amount that ends with token `last` is written with a minus behind it, as some books do: `5.95-`.
    func isMinusBehind(_ last: Int) -> Bool {
        line.isMark(last + 1, "-") && (last + 2 == line.tokens.count || line.tokens[last + 2].isBlank)
    }

    /// Whether a number without any sign in the text can be its price.
    ///
    /// `isHinted`: a currency was named near the text.
    func standing(of index: Int, _ number: PriceNumber, isHinted: Bool) -> Standing {
        var hasCents = false
        let numbers = line.tokens.count { $0.kind == .number }
        if case .exact(let amount) = number.shape {
            hasCents = amount.places == 2
            if numbers == 2, amount.places == 0, let joined = PriceJoin(line, self).torn(index, number) {
                return .torn(joined)
            }
            if numbers > 1, !hasCents, !isHinted || isJoinedByDash(index) { return .somethingElse }
        }
        var unknown: [Int] = []
        for at in line.tokens.indices where line.tokens[at].kind == .word {
            let word = line.word(at)
            if !PriceWords.before.contains(word) { unknown.append(at) }
        }
        if unknown.isEmpty || hasCents { return .price }
        // `32 xyz`: perhaps a currency that is not in our table.
        guard numbers == 1, unknown.count == 1, let only = unknown.first, only > index else { return .somethingElse }
        let token = line.tokens[only]
        // `1080p`, `2nd`
        guard token.start > line.tokens[index].end else { return .somethingElse }
        let word = line.text(token.start..<token.end)
        return token.end - token.start <= 3 ? .doubtful(word: word) : .somethingElse
    }

    /// Whether a dash without blanks joins the number with another one: `25-09`.
    private func isJoinedByDash(_ index: Int) -> Bool {
        (line.isMark(index + 1, "-") && line.kind(index + 2) == .number)
            || (line.isMark(index - 1, "-") && line.kind(index - 2) == .number)
    }
}
