import Model
import Monitoring

/// One of several shops of a product, as its page compares them.
struct ShopRow: Sendable, Hashable {
    let shop: String
    /// Where on the page more about it stands: `#history-…`.
    let place: String
    let price: String?
    /// How it stands there: that it is the cheapest, cannot be bought, or could not be read.
    let badge: BadgeView?
    /// `In stock, checked 3 minutes ago`.
    let situation: String
    /// Where it is removed.
    let remove: String

    /// The cheapest that can be bought first, the others in the order of their prices; empty while there is one only.
    static func rows(_ detail: ProductDetail, now: Timestamp) -> [ShopRow] {
        guard detail.listings.count > 1 else { return [] }
        let currency = detail.best?.price.currency
        return detail.listings.map(\.listing)
            .enumerated()
            .sorted { rank($0, detail, currency) < rank($1, detail, currency) }
            .map { ShopRow($0.element, isBest: $0.element.id == detail.best?.listing, now: now) }
    }

    /// Prices of other currencies cannot be compared and come after.
    private static func rank(
        _ place: (offset: Int, element: Listing),
        _ detail: ProductDetail,
        _ currency: Currency?
    ) -> (Int, Int, Int) {
        if place.element.id == detail.best?.listing { return (0, 0, place.offset) }
        guard let price = place.element.current?.price, price.currency == currency else { return (2, 0, place.offset) }
        return (1, price.minor, place.offset)
    }

    private init(_ listing: Listing, isBest: Bool, now: Timestamp) {
        shop = listing.address.site
        place = "#history-\(listing.id)"
        price = listing.current?.price.map(MoneyText.full)
        badge =
            isBest ? BadgeView(text: "Best price", mood: "good") : StateText.badge(listing, rules: [])
        let stock = listing.current.map { ReadingText.availability($0.availability) }
        let checked = listing.lastCheck.map { "checked \(TimeView.relative(from: $0, to: now))" } ?? "not checked yet"
        situation = [stock, checked].compactMap { $0 }.joined(separator: ", ")
        remove = "/products/\(listing.product)/listings/\(listing.id)/remove"
    }
}
