/// An amount as written, before a currency gives it minor units.
struct PlainDecimal: Hashable {
    /// All digits, without the point: 129900 for `1299.00`.
    ///
    /// At most 14 digits, so that four places more fit.
    let unscaled: Int
    /// How many of them stand behind the point, as many as were written.
    let places: Int

    /// The amount as `1299.00` or `5`.
    var text: String { Money.decimal(minor: unscaled, exponent: places) }

    /// The same digits without a point.
    var grouped: PlainDecimal { PlainDecimal(unscaled: unscaled, places: 0) }

    /// nil when the currency has fewer places than are needed.
    func money(_ currency: Currency, isNegative: Bool) -> Money? {
        var minor = unscaled
        for _ in 0..<max(0, currency.exponent - places) { minor *= 10 }
        for _ in 0..<max(0, places - currency.exponent) {
            guard minor.isMultiple(of: 10) else { return nil }
            minor /= 10
        }
        return Money(minor: isNegative ? -minor : minor, currency: currency)
    }
}
