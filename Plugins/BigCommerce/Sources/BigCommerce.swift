import Markup
package import Model
package import PluginAPI

/// Reads product pages of shops that run on BigCommerce, by the data that its themes hand to their scripts.
///
/// <https://developer.bigcommerce.com/docs/storefront/stencil/themes/context/object-reference/schemas>
package struct BigCommerce: SiteScraper {
    package static let id: PluginID = "bigcommerce"
    package static let title = "BigCommerce"
    package static let summary = "Reads price, old price and stock from product pages made with BigCommerce."

    /// Touches nothing: there is nothing to set.
    package init(_ setup: PluginSetup) throws(SetupError) {}

    /// Every page of the platform has `BCData`; that of a product holds the product's attributes.
    package static func recognises(_ page: Page) -> Bool {
        page.document.contains("BCData") && page.document.contains("product_attributes")
    }

    package func read(_ page: Page, supplements: [HTTPResponse?]) throws(ScrapeError) -> [Candidate] {
        guard let attributes = Self.attributes(page.document) else { return [] }
        let reading = ProductReading(attributes, page)
        return [Self.name(page.document), reading.stock].compactMap(\.self) + reading.prices
    }

    /// Of `var BCData = {"product_attributes": …};`.
    private static func attributes(_ document: Document) -> JSONValue? {
        for script in document.elements where script.is(.script) {
            let text = script.rawText
            guard let start = text.firstRange(of: "BCData")?.upperBound else { continue }
            let values = JSONParser.values(text[start...])
            if let found = values.lazy.compactMap({ $0["product_attributes"] }).first(where: { !$0.members.isEmpty }) {
                return found
            }
        }
        return nil
    }

    private static func name(_ document: Document) -> Candidate? {
        guard let heading = document.elements.first(where: { $0.hasClass("productView-title") }) else { return nil }
        let text = heading.visibleText(limit: 1000)
        return text.isEmpty ? nil : candidate(.title(text), at: ".productView-title", text: text, confidence: 0.93)
    }
}
