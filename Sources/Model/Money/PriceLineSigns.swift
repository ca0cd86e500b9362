/// A currency sign and the tokens it is made of.
struct PlacedSign {
    var sign: CurrencySign
    /// Its first token.
    var first: Int
    /// Its last token.
    var last: Int
}

extension PriceLine {
    /// The sign that begins with token `index`: `€`, `US$`, `руб`, `円` of `円税込`.
    func sign(startingAt index: Int) -> PlacedSign? {
        switch kind(index) {
        case .symbol:
            // `$U`, `$b`, `€HT`
            if kind(index + 1) == .word, length(index + 1) <= 3, let sign = lookUp(index, index + 1) {
                return PlacedSign(sign: sign, first: index, last: index + 1)
            }
            return lookUp(index, index).map { PlacedSign(sign: $0, first: index, last: index) }
        case .word:
            if kind(index + 1) == .symbol {
                if kind(index + 2) == .word, length(index + 2) == 1, let sign = lookUp(index, index + 2) {
                    return PlacedSign(sign: sign, first: index, last: index + 2)
                }
                if let sign = lookUp(index, index + 1) ?? narrowedSymbol(index + 1, by: index) {
                    return PlacedSign(sign: sign, first: index, last: index + 1)
                }
            }
            if isMark(index + 1, "/"), let sign = lookUp(index, index + 1) {
                return PlacedSign(sign: sign, first: index, last: index + 1)
            }
            // `F CFA`
            if length(index) == 1, kind(index + 1) == .space, kind(index + 2) == .word,
                let sign = joined(index, index + 2)
            {
                return PlacedSign(sign: sign, first: index, last: index + 2)
            }
            return (lookUp(index, index) ?? affix(index, atStart: true)).map {
                PlacedSign(sign: $0, first: index, last: index)
            }
        default:
            return nil
        }
    }

    /// The sign that ends with token `index`.
    func sign(endingAt index: Int) -> PlacedSign? {
        switch kind(index) {
        case .symbol:
            if kind(index - 1) == .word {
                if let sign = lookUp(index - 1, index) ?? narrowedSymbol(index, by: index - 1) {
                    return PlacedSign(sign: sign, first: index - 1, last: index)
                }
            } else if kind(index - 1) == .space, kind(index - 2) == .word, length(index - 2) > 1,
                let sign = narrowedSymbol(index, by: index - 2) ?? joined(index - 2, index)
            {
                return PlacedSign(sign: sign, first: index - 2, last: index)
            }
            return lookUp(index, index).map { PlacedSign(sign: $0, first: index, last: index) }
        case .word:
            if kind(index - 1) == .symbol {
                if kind(index - 2) == .word, let sign = lookUp(index - 2, index) {
                    return PlacedSign(sign: sign, first: index - 2, last: index)
                }
                if let sign = lookUp(index - 1, index) { return PlacedSign(sign: sign, first: index - 1, last: index) }
            }
            return (lookUp(index, index) ?? affix(index, atStart: false)).map {
                PlacedSign(sign: $0, first: index, last: index)
            }
        case .mark(0x2F):
            guard kind(index - 1) == .word, let sign = lookUp(index - 1, index) else { return nil }
            return PlacedSign(sign: sign, first: index - 1, last: index)
        default:
            return nil
        }
    }

    /// The sign that stands directly before the number at token `index`, blanks and a colon between.
    func sign(before index: Int) -> PlacedSign? {
        var at = index - 1
        var isApart = false
        for _ in 0..<5 {
            switch kind(at) {
            case .space, .lineBreak, .mark(0x2D), .mark(0x2B), .mark(0x2E), .mark(0x7E): at -= 1
            case .mark(0x3A), .mark(0x3D), .mark(0x29):
                isApart = true
                at -= 1
            default:
                guard var placed = sign(endingAt: at), !isApart || placed.sign.strength == .strong else { return nil }
                // `$ SGD4.90`, `EUR €5`
                if let other = solidBefore(placed.first), let wider = sign(endingAt: other) {
                    let narrowed = placed.sign.narrowed(by: wider.sign)
                    if placed.sign.currencies.contains(where: wider.sign.currencies.contains) {
                        placed.first = wider.first
                    }
                    placed.sign = narrowed
                }
                return placed
            }
        }
        return nil
    }

    /// The sign that stands directly behind the number at token `index`.
    func sign(after index: Int) -> PlacedSign? {
        var at = index + 1
        var isBracketed = false
        for _ in 0..<4 {
            switch kind(at) {
            case .space, .lineBreak, .mark(0x2A), .mark(0x2E), .mark(0x2C): at += 1
            case .mark(0x28) where !isBracketed:
                isBracketed = true
                at += 1
            default:
                guard var placed = sign(startingAt: at) else { return nil }
                guard !isBracketed || isMark(placed.last + 1, ")") else { return nil }
                // `1,190.00 $ AUD`
                if let other = solidAfter(placed.last), let more = sign(startingAt: other) {
                    if placed.sign.currencies.contains(where: more.sign.currencies.contains) { placed.last = more.last }
                    placed.sign = placed.sign.narrowed(by: more.sign)
                }
                return placed
            }
        }
        return nil
    }

    /// The sign of a text that was put there to name a currency: `EUR`, `руб.`, `Price from £ 39.95`.
    func namedSign() -> CurrencySign? {
        for index in tokens.indices where tokens[index].kind == .number {
            if let placed = sign(before: index) ?? sign(after: index), placed.sign.strength != .doubtful {
                return placed.sign
            }
        }
        if let strong = strongSign() { return strong }
        guard let first = solidAfter(-1), let placed = sign(startingAt: first), placed.sign.strength == .weak else {
            return nil
        }
        let isAlone = tokens[(placed.last + 1)...].allSatisfy { $0.isBlank || $0.kind == .mark(0x2E) }
        return isAlone ? placed.sign : nil
    }

    /// The first sign anywhere that can mean nothing else.
    func strongSign() -> CurrencySign? {
        for index in tokens.indices where tokens[index].kind == .symbol || tokens[index].kind == .word {
            if let placed = sign(startingAt: index), placed.sign.strength == .strong { return placed.sign }
        }
        return nil
    }

    private func length(_ index: Int) -> Int { tokens[index].end - tokens[index].start }

    /// The sign written by the adjacent tokens `first` to `last`.
    private func lookUp(_ first: Int, _ last: Int) -> CurrencySign? {
        CurrencySigns.sign(scalars[tokens[first].start..<tokens[last].end])
    }

    /// `US $`: two tokens with a blank between.
    private func joined(_ first: Int, _ last: Int) -> CurrencySign? {
        let parts = scalars[tokens[first].start..<tokens[first].end] + scalars[tokens[last].start..<tokens[last].end]
        return CurrencySigns.sign(parts)
    }

    /// `SGD$`: an open symbol beside the code it stands for.
    private func narrowedSymbol(_ symbol: Int, by word: Int) -> CurrencySign? {
        guard let open = lookUp(symbol, symbol), let code = lookUp(word, word) else { return nil }
        let narrowed = open.narrowed(by: code)
        return narrowed == open ? nil : narrowed
    }

    /// Scripts without blanks between words: the sign that such a word begins or ends with.
    private func affix(_ index: Int, atStart: Bool) -> CurrencySign? {
        let range = tokens[index].start..<tokens[index].end
        let edge = scalars[atStart ? range.lowerBound : range.upperBound - 1]
        guard (0x0E00...0x0EFF).contains(edge) || (0x3040...0xD7FF).contains(edge) else { return nil }
        for length in stride(from: min(5, range.count - 1), through: 1, by: -1) {
            let part = atStart ? range.prefix(length) : range.suffix(length)
            if let sign = CurrencySigns.sign(scalars[part]) { return sign }
        }
        return nil
    }
}
