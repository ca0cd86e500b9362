/// A person who can sign in; owns products, rules and channels.
package struct Account: Hashable, Sendable {
    package let id: ID<Account>
    /// What the person signs in with, lower case: a mail address or a name, 1…254 characters.
    package let name: String
    package let created: Timestamp

    package init(id: ID<Account>, name: String, created: Timestamp) {
        self.id = id
        self.name = name
        self.created = created
    }
}
