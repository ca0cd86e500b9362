import Markup
package import Model
package import PluginAPI

/// Reads listings on eBay's marketplaces, whichever country they are of.
///
/// eBay describes its markup nowhere; the README lists the marks this goes by.
package struct Ebay: SiteScraper {
    package static let id: PluginID = "ebay"
    package static let title = "eBay"
    package static let summary = "Reads offers and auctions on eBay's marketplaces, in the currency of the seller."

    /// Touches nothing: there is nothing to set.
    package init(_ setup: PluginSetup) throws(SetupError) {}

    /// Any marketplace's address, else a listing saved without one.
    package static func recognises(_ page: Page) -> Bool {
        if page.address.ending(after: "ebay") != nil { return true }
        guard page.document.contains("ebaystatic.com/") || page.document.contains("ebayimg.com/") else { return false }
        return ListingPart(page.document).isListing
    }

    package func read(_ page: Page, supplements: [HTTPResponse?]) throws(ScrapeError) -> [Candidate] {
        let part = ListingPart(page.document)
        guard let name = part.name else {
            if page.document.contains("/splashui/captcha") || page.document.contains("/splashui/challenge") {
                throw .captcha
            }
            // A search, a shop, a page of many offers of one thing: nothing here has one price.
            return []
        }
        let offer = Offer(page)
        var found = [name]
        if part.isEnded {
            // What it went for, or was to cost, is no price any more.
            found.append(part.ended)
        } else if let price = offer.price {
            found.append(price)
            if case .price(let money) = price.value, let before = offer.listPrice(above: money) { found.append(before) }
            if let shipping = offer.shipping { found.append(shipping) }
            if let button = part.button { found.append(button) }
        }
        if let seller = part.seller { found.append(seller) }
        return found
    }
}
