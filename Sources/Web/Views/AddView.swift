import Model

/// The first step of adding a product, or another shop of one: `add.mustache` with `paste.mustache`.
struct AddView: Sendable {
    let frame: PageFrame
    let formToken: String
    /// The product that gets another shop; nil for a new one.
    let joined: JoinedProduct?
    let address: String
    let problem: String?
    /// The path of the product that watches this address already.
    let existing: String?
}

/// The product that gets another shop.
struct JoinedProduct: Sendable, Hashable {
    let id: String
    let path: String
    let name: String

    init(_ product: Product) {
        id = product.id.text
        path = "/products/\(product.id)"
        name = product.name
    }
}
