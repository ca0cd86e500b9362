import Markup
import Model
import PluginAPI

/// One country's marketplace, known by its host.
struct Marketplace {
    /// What follows the name: `com`, `de`, `co.uk`, `com.br`.
    let domain: String

    /// nil for addresses of others, such as `amazon.shop.example`.
    init?(_ address: WebAddress) {
        guard let domain = address.ending(after: "amazon") else { return nil }
        self.domain = domain
    }

    /// The currency its prices have where they name none, or leave a sign open.
    var currency: Currency? {
        domain == "com" ? Currency(code: "USD") : Region.region(topLevelDomain: domain)?.currency
    }

    /// How a price on the page is to be read.
    static func priceContext(of page: Page) -> PriceText.Context {
        let canonical = page.document.elements.first { $0.is(.link) && $0["rel"] == "canonical" }?["href"]
        let market =
            // A page saved without its address names it itself; a wrong one tells nothing.
            Marketplace(page.address) ?? canonical.flatMap { try? WebAddress($0) }.flatMap { Marketplace($0) }
        return PriceText.Context(
            locale: page.document.root?["lang"],
            // Visitors from elsewhere may be shown their own currency, and then the page's data says so.
            defaultCurrency: statedCurrency(page.document) ?? market?.currency,
            topLevelDomain: market?.domain
        )
    }

    private static func statedCurrency(_ document: Document) -> Currency? {
        for element in document.elements {
            if let code = element["data-asin-currency-code"], let currency = Currency(code: code) { return currency }
            if element.is(.input), element["name"]?.hasSuffix("[customerVisiblePrice][currencyCode]") == true,
                let currency = element["value"].flatMap({ Currency(code: $0) })
            {
                return currency
            }
        }
        return nil
    }
}
