/// What a person wants to buy.
///
/// Has one or more listings.
package struct Product: Hashable, Sendable {
    package let id: ID<Product>
    package let owner: ID<Account>
    /// One line, 1…300 characters.
    package var name: String
    /// An absolute http or https address.
    package var image: String?
    package let created: Timestamp

    package init(id: ID<Product>, owner: ID<Account>, name: String, image: String?, created: Timestamp) {
        self.id = id
        self.owner = owner
        self.name = name
        self.image = image
        self.created = created
    }
}
