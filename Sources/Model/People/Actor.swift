/// Who asks for something, and with what rights.
///
/// Every use case takes one.
package struct Actor: Hashable, Sendable {
    /// The account whose things are seen and changed.
    package let account: ID<Account>
    package let rights: Rights

    package enum Rights: String, Hashable, Sendable, CaseIterable {
        /// Sees everything of the account, changes nothing.
        case read
        /// Also changes everything of the account.
        case write
    }

    package init(account: ID<Account>, rights: Rights) {
        self.account = account
        self.rights = rights
    }
}
