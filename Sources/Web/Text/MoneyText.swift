import Model

/// How amounts are written for people: `€1,299.00`, `CA$12.50`, `1,299.00 RON`.
enum MoneyText {
    /// A sign where it names one currency only, else the code after the amount.
    static func full(_ money: Money) -> String { money.displayText }

    /// As `full`, without decimal places where they are zeros: for axes.
    static func short(_ money: Money) -> String {
        let text = full(money)
        guard let point = text.lastIndex(of: "."), money.currency.exponent > 0 else { return text }
        let places = text[text.index(after: point)...].prefix { $0.isNumber }
        guard places.allSatisfy({ $0 == "0" }) else { return text }
        return String(text[..<point] + text[places.endIndex...])
    }
}
