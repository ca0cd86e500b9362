import Model

/// What structured data says about stock.
///
/// Source: schema.org ItemAvailability; Open Graph's and Google's words for the same.
enum AvailabilityText {
    static func read(_ text: String?) -> Availability? {
        guard let text else { return nil }
        let word = ItemName.lastPart(text).lowercased().filter { $0.isLetter }
        switch word {
        case "instock", "instoreonly", "onlineonly", "available", "availablefororder", "true", "yes": return .inStock
        case "limitedavailability", "limited", "lowstock": return .limited
        case "outofstock", "soldout", "oos", "unavailable", "notavailable", "reserved", "false", "no":
            return .outOfStock
        case "preorder", "presale", "pending", "comingsoon": return .preorder
        case "backorder", "madetoorder": return .backorder
        case "discontinued": return .discontinued
        default:
            if Phrase.outOfStock.occurs(in: text) { return .outOfStock }
            return Phrase.inStock.occurs(in: text) ? .inStock : nil
        }
    }
}
