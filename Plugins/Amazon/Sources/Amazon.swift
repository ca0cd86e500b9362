import Markup
package import Model
package import PluginAPI

/// Reads product pages of Amazon's marketplaces, whichever country they are of.
///
/// Amazon describes its markup nowhere; the README lists the marks this goes by.
package struct Amazon: SiteScraper {
    package static let id: PluginID = "amazon"
    package static let title = "Amazon"
    package static let summary = "Reads the buy box of product pages on Amazon's marketplaces, whichever country."

    /// Touches nothing: there is nothing to set.
    package init(_ setup: PluginSetup) throws(SetupError) {}

    /// Any marketplace's address, else a page saved without one that loads Amazon's pictures and has its product's parts.
    package static func recognises(_ page: Page) -> Bool {
        if Marketplace(page.address) != nil { return true }
        let document = page.document
        guard document.contains("media-amazon.com/") || document.contains("ssl-images-amazon.com/") else {
            return false
        }
        return document.element(id: "productTitle") != nil
            && ["availability", "centerCol", "ppd", "apex_desktop"].contains { document.element(id: $0) != nil }
    }

    package func read(_ page: Page, supplements: [HTTPResponse?]) throws(ScrapeError) -> [Candidate] {
        let document = page.document
        guard let title = Self.title(document) else {
            if Self.asksForProof(document) { throw .captcha }
            // A search, a storefront, a page of help: nothing here has one price.
            return []
        }
        var found = [title]
        let box = BuyBox(document, context: Marketplace.priceContext(of: page))
        let offer = OwnOffer(document)
        let price = offer.isMissing ? nil : box.price(isStated: !offer.isOut)
        if let price {
            found.append(price)
        } else if let none = offer.none {
            found.append(none)
        }
        if case .price(let money)? = price?.value, let before = box.listPrice(above: money) { found.append(before) }
        if let stock = offer.stock(isPriced: price != nil) { found.append(stock) }
        let details = Details(document)
        if let image = details.image { found.append(image) }
        if price != nil, let seller = details.seller { found.append(seller) }
        return found
    }

    /// Only pages of products have one; music that is sold as files keeps it elsewhere.
    private static func title(_ document: Document) -> Candidate? {
        for id in ["productTitle", "dmusicProductTitle_feature_div"] {
            guard let text = document.element(id: id)?.visibleText(limit: 1000), !text.isEmpty else { continue }
            return candidate(.title(text), at: "#\(id)", text: text, confidence: 0.97)
        }
        return nil
    }

    /// The page that asks for the letters in a picture, or for a click, instead of showing anything.
    private static func asksForProof(_ document: Document) -> Bool {
        document.elements.contains { $0.is(.form) && $0["action"]?.contains("/errors/validateCaptcha") == true }
    }
}
