import Model

/// The words for what was read and how.
enum ReadingText {
    static func availability(_ availability: Availability) -> String {
        switch availability {
        case .inStock: "In stock"
        case .outOfStock: "Out of stock"
        case .limited: "Only a few left"
        case .preorder: "Can be preordered"
        case .backorder: "On back order"
        case .discontinued: "No longer made"
        case .unknown: "Not said"
        }
    }

    /// `the shop's structured data (JSON-LD)`; fits after “read from”.
    static func strategy(_ strategy: String) -> String {
        switch strategy {
        case "json-ld": "the shop’s structured data (JSON-LD)"
        case "microdata": "marks in the page (microdata)"
        case "rdfa": "marks in the page (RDFa)"
        case "open-graph": "the page’s description for social networks (Open Graph)"
        case "visible": "the price shown on the page"
        case "state", "embedded-state": "data embedded in the page"
        default: "the “\(strategy)” reader"
        }
    }

    static func field(_ field: Evidence.Field) -> String {
        switch field {
        case .price: "Price"
        case .listPrice: "List price"
        case .availability: "Availability"
        case .title: "Name"
        case .image: "Picture"
        case .shipping: "Shipping"
        case .seller: "Seller"
        }
    }

    /// What a piece of evidence was read as, written for people; nil where it could not be read.
    static func value(_ evidence: Evidence) -> String? {
        guard let value = evidence.value else { return nil }
        if let availability = Availability(rawValue: value) { return self.availability(availability) }
        let parts = value.split(separator: " ")
        guard parts.count == 2, let currency = Currency(code: parts[1]),
            let money = Money(decimal: parts[0], currency: currency)
        else { return value }
        return MoneyText.full(money)
    }

    static func standing(_ standing: Standing) -> String {
        switch standing {
        case .accepted: "Believed"
        case .suspect: "Doubted"
        case .rejected: "Wrong"
        }
    }
}
