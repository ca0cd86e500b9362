import Markup
import Model
import PluginAPI

/// The currency that a Shopify page shows its prices in; the product's JSON does not name it.
struct ShopCurrency {
    let currency: Currency
    /// Where it stood.
    let path: String

    /// nil where the page does not say: it is never guessed.
    static func find(_ page: Page) -> ShopCurrency? {
        if let active = active(page.document) { return ShopCurrency(currency: active, path: "Shopify.currency.active") }
        let data = page.document.structuredData
        for name in ["og:price:currency", "product:price:currency"] {
            if let currency = data.meta(name).flatMap({ Currency(code: $0) }) {
                return ShopCurrency(currency: currency, path: name)
            }
        }
        var named: Set<Currency> = []
        for block in data.jsonLD { collect(block.value, depth: 0, into: &named) }
        // Several are none.
        guard named.count == 1, let currency = named.first else { return nil }
        return ShopCurrency(currency: currency, path: "priceCurrency")
    }

    /// Of `Shopify.currency = {"active":"EUR","rate":"1.0"};`, which the platform writes into every page.
    private static func active(_ document: Document) -> Currency? {
        let mark = "Shopify.currency = "
        for script in document.elements where script.is(.script) {
            let text = script.rawText
            guard let start = text.firstRange(of: mark)?.upperBound else { continue }
            let value = JSONParser.values(text[start...].prefix(200)).first
            if let currency = value?["active"]?.text.flatMap({ Currency(code: $0) }) { return currency }
        }
        return nil
    }

    private static func collect(_ value: JSONValue, depth: Int, into named: inout Set<Currency>) {
        guard depth < 10 else { return }
        switch value {
        case .array(let values):
            for value in values { collect(value, depth: depth + 1, into: &named) }
        case .object(let members):
            for member in members {
                if member.key == "priceCurrency", let currency = member.value.text.flatMap({ Currency(code: $0) }) {
                    named.insert(currency)
                } else {
                    collect(member.value, depth: depth + 1, into: &named)
                }
            }
        default: break
        }
    }
}
