import Markup
package import Model
package import PluginAPI

/// Reads product pages of shops that run on PrestaShop, 1.6 and newer.
///
/// <https://devdocs.prestashop-project.org/8/themes/reference/>
package struct PrestaShop: SiteScraper {
    package static let id: PluginID = "prestashop"
    package static let title = "PrestaShop"
    package static let summary = "Reads price, old price and stock from product pages made with PrestaShop."

    /// Touches nothing: there is nothing to set.
    package init(_ setup: PluginSetup) throws(SetupError) {}

    /// The page of one product, by the name that the platform gives its body, and the platform's own.
    package static func recognises(_ page: Page) -> Bool {
        guard page.document.contains("prestashop") || page.document.contains("PrestaShop") else { return false }
        guard let body = page.document.elements.first(where: { $0.is(.body) }) else { return false }
        return body["id"] == "product" || body.hasClass("page-product")
    }

    package func read(_ page: Page, supplements: [HTTPResponse?]) throws(ScrapeError) -> [Candidate] {
        let currency = Self.currency(of: page.document)
        let context = PriceText.Context(
            locale: page.document.root?["lang"],
            defaultCurrency: currency,
            topLevelDomain: page.address.host
        )
        let shown = ShownPrice(page.document, context)
        let data = ProductData(page.document)
        var found = data?.details ?? []
        if let data, data.hidesPrice {
            found.append(data.hidden)
        } else if let price = price(shown.price, data?.price(currency)) {
            found.append(price)
            if case .price(let now) = price.value,
                let before = shown.listPrice(above: now) ?? data?.listPrice(above: now)
            {
                found.append(before)
            }
        }
        if let stock = data?.stock ?? Self.stock(page.document) { found.append(stock) }
        return found
    }

    /// What is shown counts; that the data says the same makes it surer, that it says something else less sure.
    private func price(_ shown: Candidate?, _ stated: Candidate?) -> Candidate? {
        guard let shown else { return stated }
        guard let stated else { return shown }
        let confidence = shown.value == stated.value ? 0.96 : 0.75
        return Self.candidate(shown.value, at: shown.path, text: shown.text, confidence: confidence)
    }

    /// What the body's class `currency-eur` names, else what the page names to machines.
    private static func currency(of document: Document) -> Currency? {
        let classes = document.elements.first { $0.is(.body) }?["class"] ?? ""
        let mark = "currency-"
        for name in classes.split(separator: " ") where name.hasPrefix(mark) {
            if let currency = Currency(code: name.dropFirst(mark.count)) { return currency }
        }
        return NamedCurrency.find(document)?.currency
    }

    /// By the button that puts it into the cart.
    private static func stock(_ document: Document) -> Candidate? {
        guard let button = document.elements.first(where: { $0["data-button-action"] == "add-to-cart" }) else {
            return nil
        }
        let isOff = button["disabled"] != nil
        return candidate(
            .availability(isOff ? .outOfStock : .inStock),
            at: "[data-button-action=add-to-cart]",
            text: button.visibleText(limit: 100),
            // It is off as well while a quantity or a text of the buyer's own is missing.
            confidence: isOff ? 0.6 : 0.85
        )
    }
}
