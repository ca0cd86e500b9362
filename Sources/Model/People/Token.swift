/// A key for scripts; its secret is shown once and stored hashed.
package struct Token: Hashable, Sendable {
    package let id: ID<Token>
    package let account: Account
    /// What the person calls it.
    package let name: String
    package let rights: Actor.Rights
    package let created: Timestamp

    package init(id: ID<Token>, account: Account, name: String, rights: Actor.Rights, created: Timestamp) {
        self.id = id
        self.account = account
        self.name = name
        self.rights = rights
        self.created = created
    }
}
