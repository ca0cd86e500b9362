extension PriceNumber {
    /// Where the number that starts at `start` ends: separators and digit groups are part of it, a space only where it
    /// groups thousands.
    static func end(in line: PriceLine, from start: Int, joinsSpaces: Bool) -> Int {
        var at = digitsEnd(line, start)
        let first = at - start
        var separated = first == 0
        while true {
            switch line.scalar(at) {
            case 0x2E, 0x2C, PriceScalars.arabicDecimal, PriceScalars.arabicThousands, PriceScalars.middleDot:
                if line.isDigit(at + 1) {
                    at = digitsEnd(line, at + 1)
                    separated = true
                } else if !separated, let gapped = gappedPlaces(line, at) {
                    return gapped
                } else {
                    return wholeMark(line, at) ?? at
                }
            case 0x3A:
                // The Swedish `100:-`
                return line.scalar(at + 1) == 0x2D ? (wholeMark(line, at) ?? at) : at
            case 0x27:
                let group = digitsEnd(line, at + 1) - (at + 1)
                guard group == 3 || (group == 2 && !separated) else { return at }
                separated = separated || group == 2
                at += 1 + group
            case PriceScalars.space:
                guard joinsSpaces, !separated, first <= 3, digitsEnd(line, at + 1) == at + 4 else { return at }
                at += 4
            case PriceScalars.superscriptZero...(PriceScalars.superscriptZero + 9):
                let isPair = isSuperscript(line, at + 1) && !isSuperscript(line, at + 2)
                return isPair && !separated ? at + 2 : at
            default:
                return at
            }
        }
    }

    private static func digitsEnd(_ line: PriceLine, _ start: Int) -> Int {
        var at = start
        while line.isDigit(at) { at += 1 }
        return at
    }

    /// The end of `119. 95`, whose `.` stands at `at`.
    private static func gappedPlaces(_ line: PriceLine, _ at: Int) -> Int? {
        guard line.scalar(at) == 0x2E || line.scalar(at) == 0x2C, line.scalar(at + 1) == PriceScalars.space else {
            return nil
        }
        let end = digitsEnd(line, at + 2)
        guard end == at + 4, line.scalar(end) != 0x25, !line.isLetter(end) else { return nil }
        // `10, 12, 14` is a list.
        let isFollowed = isComma(line, end) && line.scalar(end + 1) == PriceScalars.space && line.isDigit(end + 2)
        var first = at
        while line.isDigit(first - 1) { first -= 1 }
        let isPreceded =
            line.scalar(first - 1) == PriceScalars.space && isComma(line, first - 2) && line.isDigit(first - 3)
        return isFollowed || isPreceded ? nil : end
    }

    private static func isComma(_ line: PriceLine, _ index: Int) -> Bool {
        line.scalar(index) == 0x2C || line.scalar(index) == 0x2E
    }

    /// The end of `,-` or `.--` at `at`.
    private static func wholeMark(_ line: PriceLine, _ at: Int) -> Int? {
        var end = at + 1
        while line.scalar(end) == 0x2D { end += 1 }
        return end > at + 1 && !line.isDigit(end) ? end : nil
    }

    private static func isSuperscript(_ line: PriceLine, _ index: Int) -> Bool {
        let value = line.scalar(index)
        return value >= PriceScalars.superscriptZero && value <= PriceScalars.superscriptZero + 9
    }
}
