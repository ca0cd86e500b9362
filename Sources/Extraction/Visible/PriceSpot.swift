import Model

/// One place on the page where a price can be seen.
struct PriceSpot {
    /// The largest element that holds this price and little else.
    let node: Int
    let text: String
    let money: Money
    /// Whether the text itself names the currency.
    let hasSign: Bool
    /// What the elements around it are called, near ones alone.
    let words: ClassWords
    /// Whether it is crossed out or said to be what it cost or costs elsewhere.
    let isList: Bool
    /// Alike for prices in places of the same make.
    let signature: Int
    /// In favour of being the product's price.
    var score: Double
}
