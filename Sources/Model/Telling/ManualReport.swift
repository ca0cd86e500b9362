/// A report as a person saw it before sending it to somebody.
package struct ManualReport: Hashable, Sendable {
    package let id: ID<ManualReport>
    package let owner: ID<Account>
    /// Exactly what will be sent, but for the addresses.
    package let mail: Mail
    package let products: Int
    package let created: Timestamp

    package init(id: ID<ManualReport>, owner: ID<Account>, mail: Mail, products: Int, created: Timestamp) {
        self.id = id
        self.owner = owner
        self.mail = mail
        self.products = products
        self.created = created
    }
}
