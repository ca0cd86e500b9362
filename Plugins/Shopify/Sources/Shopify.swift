import Markup
package import Model
package import PluginAPI

/// Reads product pages of shops that run on Shopify, by the product's own JSON.
///
/// <https://shopify.dev/docs/api/ajax/reference/product>
package struct Shopify: SiteScraper {
    package static let id: PluginID = "shopify"
    package static let title = "Shopify"
    package static let summary = "Reads price, old price and stock from the product pages of shops that run on Shopify."

    /// Touches nothing: there is nothing to set.
    package init(_ setup: PluginSetup) throws(SetupError) {}

    /// A product's address, and what every Shopify theme writes into its head.
    package static func recognises(_ page: Page) -> Bool {
        guard ProductAddress(page.address) != nil else { return false }
        return page.document.contains("Shopify.shop =") || page.document.contains("Shopify.theme =")
            || page.document.contains("shopify-digital-wallet")
    }

    /// The product's JSON, in the language and market of the page.
    package func supplements(to page: Page) -> [HTTPRequest] {
        guard let product = ProductAddress(page.address) else { return [] }
        return [HTTPRequest(url: product.json, headers: ["Accept": "application/json"])]
    }

    package func read(_ page: Page, supplements: [HTTPResponse?]) throws(ScrapeError) -> [Candidate] {
        // Without the product's JSON the page's own data is all there is, and that is read anyway.
        guard let product = ProductAddress(page.address), let answer = supplements.first ?? nil, answer.status == 200
        else { return [] }
        guard let json = JSONParser.values(String(decoding: answer.body, as: UTF8.self)).first, json["handle"] != nil
        else { return [] }
        guard case .array(let variants)? = json["variants"], !variants.isEmpty else {
            throw .layoutChanged(missing: "the variants in the product's JSON")
        }
        let reading = ProductReading(
            json: json,
            variants: variants,
            wanted: product.variant,
            currency: ShopCurrency.find(page)
        )
        return try reading.candidates()
    }
}
