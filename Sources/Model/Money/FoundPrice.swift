/// The price that was chosen in a text, its separators not yet decided.
struct FoundPrice {
    var shape: PriceNumber.Shape
    var sign: CurrencySign?
    var isNegative = false
    /// The tokens of the number.
    var first: Int
    var last: Int
    /// What it may mean as well: 12.50 for `12 € 50`.
    var other: PlainDecimal?
}
