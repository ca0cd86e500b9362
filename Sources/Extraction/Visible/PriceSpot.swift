import Model

/// One place on the page where a price can be seen.
struct PriceSpot {
    /// The largest element that holds this price and little else.
    let node: Int
    let text: String
    /// Whether it is surely an amount: “Q30” in a long text is a model, not quetzals.
    let isPlain: Bool
    let amount: Amount
    /// What the elements around it are called, near ones alone.
    let words: ClassWords
    /// Whether it is crossed out or said to be what it cost or costs elsewhere.
    let isList: Bool
    /// Whether only the names of the elements around it make it an old price.
    let isListByName: Bool
    /// Whether it is said to be without tax.
    let isWithoutTax: Bool
    /// Whether it is said to be per unit or month, to be saved, or to be for sending.
    let isPart: Bool
    /// Whether it is said to be for members.
    let isForMembers: Bool
    /// Whether it is said to be the least of several, the middle of them, or is written as a range.
    let isLeast: Bool
    /// Alike for prices in places of the same make.
    let signature: Int
    /// Whether it stands on a card of its own that leads to another page.
    let isOnCard: Bool
    /// How many spots are of the same make.
    var repeats = 1
    /// Whether a lower price stands directly beside it, and neither is said to be the old one.
    var isBesideLower = false
    /// In favour of being the product's price.
    var score: Double

    enum Amount: Hashable {
        case money(Money)
        /// It can't be decided which amount or currency is meant; `why` is a sentence.
        case doubtful(why: String, readings: [String])
    }

    /// Whether this is what the other one costs without tax, by what is said and by how much it is.
    func isUntaxed(_ other: PriceSpot) -> Bool {
        guard isWithoutTax, !other.isWithoutTax, let own = money, let full = other.money, own.currency == full.currency
        else { return false }
        // No country takes more than 30 %.
        return own.minor < full.minor && full.minor - own.minor <= own.minor / 10 * 3
    }

    /// Whether not everybody pays it like this, so that of two it is not the one that is left.
    var hasCondition: Bool { isWithoutTax || isForMembers }

    /// nil where the price can't be decided.
    var money: Money? { if case .money(let money) = amount { money } else { nil } }
}
