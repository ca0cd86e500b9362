/// Puts a price together that its text has torn apart: `35€ 99`, `19 99 zł`, and the low end of `26 to 50 €`.
struct PriceJoin {
    let line: PriceLine
    let reading: PriceSurroundings

    init(_ line: PriceLine, _ reading: PriceSurroundings) {
        self.line = line
        self.reading = reading
    }

    func price(_ index: Int, _ number: PriceNumber, _ placed: PlacedSign) -> FoundPrice {
        let isNegative = reading.isNegative(index, placed)
        func found(_ shape: PriceNumber.Shape, _ first: Int, _ last: Int) -> FoundPrice {
            FoundPrice(shape: shape, sign: placed.sign, isNegative: isNegative, first: first, last: last)
        }
        if let low = lowEnd(index, placed) { return found(shape(low), low, low) }
        if let cents = centsBehind(index, placed), let joined = joined(number.shape, shape(cents)) {
            return found(joined, index, cents)
        }
        if let whole = wholeBefore(index, placed), let joined = joined(shape(whole), number.shape) {
            return found(joined, whole, index)
        }
        var price = found(number.shape, index, index)
        if let last = looseCents(max(index, placed.last)), case .exact(let joined) = joined(number.shape, shape(last)) {
            price.other = joined
            price.last = last
        }
        return price
    }

    /// The price that `19 99` may be.
    func torn(_ index: Int, _ number: PriceNumber) -> PlainDecimal? {
        guard line.kind(index + 1) == .space, line.kind(index + 2) == .number, isTwoDigits(index + 2),
            case .exact(let joined) = joined(number.shape, shape(index + 2))
        else { return nil }
        return joined
    }

    private func shape(_ index: Int) -> PriceNumber.Shape {
        PriceNumber(line, line.tokens[index]).shape
    }

    /// `whole` with two decimals; nil when it has decimals already.
    private func joined(_ whole: PriceNumber.Shape, _ cents: PriceNumber.Shape) -> PriceNumber.Shape? {
        guard case .exact(let cents) = cents else { return nil }
        switch whole {
        case .exact(let amount) where amount.places == 0 && amount.unscaled < 10_000_000_000:
            return .exact(PlainDecimal(unscaled: amount.unscaled * 100 + cents.unscaled, places: 2))
        case .open(let amount, _):
            return .exact(PlainDecimal(unscaled: amount.unscaled * 100 + cents.unscaled, places: 2))
        default:
            return nil
        }
    }

    private func isTwoDigits(_ index: Int) -> Bool {
        let token = line.tokens[index]
        return token.kind == .number && token.end - token.start == 2 && line.isDigit(token.start)
            && line.isDigit(token.start + 1) && !reading.isPercentage(index)
    }

    /// The cents of `35€99`, `35€ 99`, `45.319,€90`, `$19 99` and `12 zł 50 gr`.
    private func centsBehind(_ index: Int, _ placed: PlacedSign) -> Int? {
        let isBehind = placed.first > index
        guard var next = line.solidAfter(isBehind ? placed.last : index) else { return nil }
        // `499 руб. 90 коп.`
        if isBehind, line.isMark(next, "."), let behind = line.solidAfter(next) { next = behind }
        guard isTwoDigits(next) else { return nil }
        let after = line.solidAfter(next)
        if let after, PriceWords.hundredths.contains(line.word(after)) { return next }
        if let after {
            guard line.sign(startingAt: after) == nil, line.isMark(after, "*") || (isBehind && !isUnit(after)) else {
                return nil
            }
        }
        guard isBehind else { return line.kind(index + 1) == .space && next == index + 2 ? next : nil }
        let gap = line.tokens[placed.first].start - line.tokens[index].end
        let touches = gap == 0 || (gap == 1 && (line.isMark(index + 1, ",") || line.isMark(index + 1, ".")))
        return touches && line.tokens[next].start - line.tokens[placed.last].end <= 1 ? next : nil
    }

    /// Two digits behind token `index` that may be cents or another number.
    ///
    /// `12 € 50` is how some write 12.50, and how a shop may show an old and a new price.
    private func looseCents(_ index: Int) -> Int? {
        guard line.kind(index + 1) == .space, line.kind(index + 2) == .number, isTwoDigits(index + 2) else {
            return nil
        }
        guard let after = line.solidAfter(index + 2) else { return index + 2 }
        return line.sign(startingAt: after) != nil || isUnit(after) ? nil : index + 2
    }

    private func isUnit(_ index: Int) -> Bool {
        reading.isUnit(index) || line.tokens[index].kind == .number
            || ["-", "/", "x", "×"].contains { line.isMark(index, $0) }
    }

    /// The whole amount of `19 99 zł`.
    private func wholeBefore(_ index: Int, _ placed: PlacedSign) -> Int? {
        guard placed.first > index, isTwoDigits(index), line.kind(index - 1) == .space else { return nil }
        let whole = index - 2
        guard line.kind(whole) == .number, line.tokens[index].start - line.tokens[whole].end == 1 else { return nil }
        guard let before = line.solidBefore(whole) else { return whole }
        return PriceWords.before.contains(line.word(before)) ? whole : nil
    }

    /// The number at the low end of a range whose high end stands at `index`: the sign behind it counts for both.
    private func lowEnd(_ index: Int, _ placed: PlacedSign) -> Int? {
        guard placed.first > index, let joint = line.solidBefore(index), let low = line.solidBefore(joint),
            line.tokens[low].kind == .number, isJoint(joint)
        else { return nil }
        // In `iPhone 14 - 799 €` the first number is no price.
        if let before = line.solidBefore(low), !PriceWords.before.contains(line.word(before)), !line.isMark(before, ":")
        {
            return nil
        }
        return reading.isPercentage(low) || shape(low) == .invalid ? nil : low
    }

    private func isJoint(_ index: Int) -> Bool {
        line.isMark(index, "-") || line.isMark(index, "~") || PriceWords.between.contains(line.word(index))
    }
}
