import Model

/// Reads the target price that a person typed.
enum TargetEntry {
    /// nil for no target.
    ///
    /// `currency` is the product's; nil when it is not known yet, then the text must name one.
    static func read(_ text: String?, currency: Currency?) throws(RequestError) -> Money? {
        guard let text = text?.trimmingWhitespace(), !text.isEmpty else { return nil }
        let money = try meaning(of: text, currency: currency)
        guard money.minor > 0 else { throw problem("The target price must be above zero.") }
        guard currency == nil || money.currency == currency else {
            throw problem(
                "The price is in \(currency?.code ?? ""), so the target must be too, not in \(money.currency)."
            )
        }
        return money
    }

    private static func meaning(of text: String, currency: Currency?) throws(RequestError) -> Money {
        // What a form or program sends back is plain decimal text, which has one meaning: 1.299 is not 1299.
        if let currency, let money = Money(decimal: text, currency: currency) { return money }
        switch PriceText.read(text, in: PriceText.Context(defaultCurrency: currency)) {
        case .money(let money): return money
        case .amount where currency != nil:
            let code = currency?.code ?? ""
            throw problem(
                "“\(text.prefix(40))” may be another currency; the price is in \(code). Write the amount alone."
            )
        case .amount:
            throw problem("Write the currency too, such as “\(text.prefix(20)) EUR”: the product has no price yet.")
        case .ambiguous(_, let readings):
            let choices = readings.prefix(3).joined(separator: " or ")
            throw problem("“\(text.prefix(40))” can mean \(choices). Write it with two decimal places.")
        case .none:
            throw problem("“\(text.prefix(40))” is not a price. Write an amount such as 39.90.")
        }
    }

    private static func problem(_ sentence: String) -> RequestError { .invalid(field: "target", sentence) }
}
