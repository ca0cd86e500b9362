import Markup
import Model
import PluginAPI

/// What a product's attributes say about the variant that is chosen beforehand.
struct ProductReading {
    private let attributes: JSONValue
    private let price: JSONValue?
    private let page: Page

    init(_ attributes: JSONValue, _ page: Page) {
        self.attributes = attributes
        price = attributes["price"]
        self.page = page
    }

    /// Price and old price; both ends where no variant is chosen yet.
    var prices: [Candidate] {
        if let range { return [range] }
        guard let (value, key, text) = amount(in: price, ["with_tax", "without_tax"]) else { return none }
        var found = [candidate(value, "price.\(key)", text, 0.94)]
        if case .price(let now) = value {
            let tax = key == "with_tax" ? "with_tax" : "without_tax"
            for key in ["non_sale_price_\(tax)", "rrp_\(tax)"] {
                guard let (old, _, text) = amount(in: price, [key]), case .price(let before) = old,
                    before.currency == now.currency, before.minor > now.minor
                else { continue }
                found.append(candidate(.listPrice(before), "price.\(key)", text, 0.94))
                break
            }
        }
        return found
    }

    /// What variants cost, from the least to the most.
    private var range: Candidate? {
        guard let ends = price?["price_range"] else { return nil }
        let amounts = ["min", "max"].compactMap { amount(in: ends[$0], ["with_tax", "without_tax"]) }
        guard amounts.count == 2, amounts[0].value != amounts[1].value,
            let value = Candidate.Value.price(ofAny: amounts.map(\.value))
        else { return nil }
        return candidate(value, "price.price_range", amounts.map(\.text).joined(separator: " – "), 0.9)
    }

    /// The shop wants to be asked.
    private var none: [Candidate] {
        guard let text = attributes["call_for_price_message"]?.text, !text.isEmpty else { return [] }
        let why = "The shop names no price: it wants to be asked."
        return [candidate(.ambiguousPrice(why: why, readings: []), "call_for_price_message", text, 0.9)]
    }

    /// The first of these that holds an amount: `{"formatted": "$225.00", "value": 225, "currency": "USD"}`.
    private func amount(in prices: JSONValue?, _ keys: [String])
        -> (value: Candidate.Value, key: String, text: String)?
    {
        for key in keys {
            guard let price = prices?[key], let number = price["value"]?.text else { continue }
            let formatted = price["formatted"]?.text ?? number
            let currency = price["currency"]?.text.flatMap { Currency(code: $0) } ?? currency(of: formatted)
            if let value = Candidate.Value.price(data: number, in: currency) { return (value, key, formatted) }
        }
        return nil
    }

    /// Where the data names none: what the page names to machines, else what the sign means there.
    private func currency(of formatted: String) -> Currency? {
        NamedCurrency.find(page.document)?.currency
            ?? PriceText.currency(
                formatted,
                in: PriceText.Context(locale: page.document.root?["lang"], topLevelDomain: page.address.host)
            )
    }

    /// Whether it is there and the shop sells it; nil where a variant has to be chosen first.
    var stock: Candidate? {
        if attributes["instock"]?.bool == false {
            let text = attributes["out_of_stock_message"]?.text ?? "false"
            return candidate(.availability(.outOfStock), "instock", text, 0.95)
        }
        if attributes["purchasable"]?.bool == false {
            // Who asks may buy.
            guard none.isEmpty else { return nil }
            let text = attributes["purchasing_message"]?.text ?? "false"
            return candidate(.availability(.outOfStock), "purchasable", text, 0.85)
        }
        guard attributes["instock"]?.bool == true else { return nil }
        return candidate(.availability(.inStock), "instock", "true", 0.93)
    }

    private func candidate(_ value: Candidate.Value, _ key: String, _ text: String, _ confidence: Double) -> Candidate {
        BigCommerce.candidate(value, at: "BCData.product_attributes.\(key)", text: text, confidence: confidence)
    }
}
