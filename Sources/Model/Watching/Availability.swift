/// Whether a product can be bought.
package enum Availability: String, Sendable, Codable, CaseIterable {
    case inStock, outOfStock, limited, preorder, backorder, discontinued, unknown

    /// nil when nothing is known.
    package var canBeBought: Bool? {
        switch self {
        case .inStock, .limited, .preorder, .backorder: true
        case .outOfStock, .discontinued: false
        case .unknown: nil
        }
    }
}
