import Markup
package import Model
package import PluginAPI

/// Reads product pages of shops that run on WooCommerce, WordPress' shop.
///
/// <https://developer.woocommerce.com/docs/theming/theme-development/template-structure/>
package struct WooCommerce: SiteScraper {
    package static let id: PluginID = "woocommerce"
    package static let title = "WooCommerce"
    package static let summary = "Reads price, old price, variants and stock from product pages made with WooCommerce."

    /// Touches nothing: there is nothing to set.
    package init(_ setup: PluginSetup) throws(SetupError) {}

    /// What the templates write into the page of one product, whichever the theme.
    package static func recognises(_ page: Page) -> Bool {
        guard page.document.contains("woocommerce"), page.document.contains("single-product") else { return false }
        return ProductPart.isOfPlatform(page.document)
    }

    package func read(_ page: Page, supplements: [HTTPResponse?]) throws(ScrapeError) -> [Candidate] {
        guard let part = ProductPart(page.document) else { return [] }
        let shown = ShownPrice(part, page: page)
        var found: [Candidate] = []
        if let name = part.name { found.append(name) }
        if let variations = Variations(part, page: page, currency: shown.currency) {
            found += variations.prices
            found.append(variations.stock)
            return found
        }
        found += shown.prices
        if let stock = part.stock { found.append(stock) }
        return found
    }
}
