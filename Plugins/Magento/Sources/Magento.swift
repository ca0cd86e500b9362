import Markup
package import Model
package import PluginAPI

/// Reads product pages of shops that run on Magento 2, also called Adobe Commerce.
///
/// <https://developer.adobe.com/commerce/frontend-core/>
package struct Magento: SiteScraper {
    package static let id: PluginID = "magento"
    package static let title = "Magento"
    package static let summary = "Reads price, old price, variants and stock from product pages made with Magento 2."

    /// Touches nothing: there is nothing to set.
    package init(_ setup: PluginSetup) throws(SetupError) {}

    /// The page of one product, by the class that the platform gives it, and a mark of the platform.
    package static func recognises(_ page: Page) -> Bool {
        let document = page.document
        guard document.contains("catalog-product-view"),
            document.contains("x-magento-init") || document.contains("Magento_") || document.contains("priceBox")
        else { return false }
        return document.elements.first { $0.is(.body) }?.hasClass("catalog-product-view") == true
    }

    package func read(_ page: Page, supplements: [HTTPResponse?]) throws(ScrapeError) -> [Candidate] {
        let part = ProductPart(page.document)
        let settings = PageSettings(page.document)
        let currency = ShopCurrency.find(page, settings)
        var found: [Candidate] = []
        if let name = part.name { found.append(name) }
        found +=
            settings.variants.flatMap { Variants($0, page.address, currency) }?.prices
            ?? part.prices(currency, shown: ShopCurrency.context(of: page, currency))
        if let stock = part.stock { found.append(stock) }
        return found
    }
}
