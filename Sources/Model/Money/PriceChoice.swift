/// Chooses the number of a text that is its price.
struct PriceChoice {
    enum Choice {
        case nothing
        case doubtful(why: String, readings: [String])
        case price(FoundPrice)
    }

    let line: PriceLine
    let resolver: CurrencyResolver

    init(_ line: PriceLine, _ resolver: CurrencyResolver) {
        self.line = line
        self.resolver = resolver
    }

    /// The first number beside a currency sign, else the first that can be nothing but a price.
    func choose() -> Choice {
        var taken = -1
        var bare: Int?
        var doubt: Choice?
        var former: Choice?
        let reading = PriceSurroundings(line)
        for index in line.tokens.indices where line.tokens[index].kind == .number {
            let number = PriceNumber(line, line.tokens[index])
            guard number.shape != .invalid, !reading.isPercentage(index) else { continue }
            let placed = attached(to: index, behind: taken)
            if let placed, placed.sign.strength == .doubtful, !resolver.confirms(placed.sign) {
                // `4K` and `5G` are no prices; `1 K` may be one.
                guard line.tokens[placed.first].start != line.tokens[index].end else { continue }
                doubt = doubt ?? doubtful(number, text(of: placed))
                continue
            }
            // `E1 234,50`: whether the number goes on behind the space is not known for a letter that may be a model's.
            if let placed, placed.sign.strength == .doubtful, placed.last == index - 1, line.kind(index + 1) == .space,
                line.kind(index + 2) == .number
            {
                return doubtful(number, text(of: placed))
            }
            if let placed {
                taken = max(taken, placed.last)
                let (first, last) = (min(index, placed.first), max(index, placed.last))
                if reading.isNoPrice(from: first, to: last) { continue }
                let isCurrent = reading.isCurrent(first) && !number.isZero
                if former != nil, !isCurrent { continue }
                if let scale = reading.scale(index, placed) { return doubtful(number, scale) }
                let price = PriceJoin(line, reading).price(index, number, placed)
                // `-$5.95-` is no amount.
                if price.isNegative, reading.isMinusBehind(last) { continue }
                let choice = Choice.price(price)
                guard former == nil, reading.isFormer(first) else { return choice }
                former = choice
            } else if !reading.isOtherThing(index) {
                bare = bare ?? index
            }
        }
        if let former { return former }
        return bare.map { choose(bare: $0, reading) } ?? doubt ?? .nothing
    }

    private func text(of placed: PlacedSign) -> String {
        line.text(line.tokens[placed.first].start..<line.tokens[placed.last].end)
    }

    /// A number that no sign stands by: a sign elsewhere in the text may name its currency.
    private func choose(bare index: Int, _ reading: PriceSurroundings) -> Choice {
        let number = PriceNumber(line, line.tokens[index])
        if let scale = reading.scale(index, nil) { return doubtful(number, scale) }
        let stray = line.strongSign()
        if stray == nil {
            switch reading.standing(of: index, number, isHinted: resolver.isHinted) {
            case .price: break
            case .doubtful(let word): return doubtful(number, word)
            case .torn(let other):
                return .price(FoundPrice(shape: number.shape, first: index, last: index + 2, other: other))
            case .somethingElse: return .nothing
            }
        }
        var price = FoundPrice(shape: number.shape, sign: stray, first: index, last: index)
        price.isNegative = reading.isNegative(index, nil)
        return .price(price)
    }

    private func doubtful(_ number: PriceNumber, _ word: String) -> Choice {
        let why = "“\(word)” beside the number may name a currency, a unit or a multiple."
        switch number.shape {
        case .exact(let amount): return .doubtful(why: why, readings: [amount.text])
        case .open(let amount, _): return .doubtful(why: why, readings: [amount.text, amount.grouped.text])
        case .invalid: return .nothing
        }
    }

    /// The sign that belongs to the number at `index`; one between two numbers belongs to the nearer one.
    private func attached(to index: Int, behind taken: Int) -> PlacedSign? {
        var before = line.sign(before: index)
        if let found = before, found.first <= taken { before = nil }
        guard var after = line.sign(after: index) else { return before }
        if var before {
            before.sign = before.sign.narrowed(by: after.sign)
            return before
        }
        guard let next = line.solidAfter(after.last), line.tokens[next].kind == .number else { return after }
        // `99 € 79 €`: the next number has a sign of its own.
        if line.sign(after: next) != nil { return after }
        let isApart = line.tokens[index + 1].isBlank
        let isFarFromNext = line.tokens[next - 1].isBlank
        if isApart == isFarFromNext ? after.sign.leads : isApart { return nil }
        // `10 $ AUD 20`: what narrows this sign may begin the next price.
        after.last = max(after.first, min(after.last, next - 1))
        return after
    }
}
