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
        return NamedCurrency.find(page.document).map { ShopCurrency(currency: $0.currency, path: $0.path) }
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
}
