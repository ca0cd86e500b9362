package import Model

/// Somebody who is signed in.
package struct Session: Hashable, Sendable {
    package let account: Account
    /// What every form of theirs must carry.
    package let formToken: String

    package init(account: Account, formToken: String) {
        self.account = account
        self.formToken = formToken
    }

    package var actor: Actor { Actor(account: account.id, rights: .write) }
}

/// A session that was just begun.
package struct NewSession: Hashable, Sendable {
    /// For the cookie; only its hash is stored.
    package let secret: String
    package let lifetime: Duration

    package init(secret: String, lifetime: Duration) {
        self.secret = secret
        self.lifetime = lifetime
    }
}

/// A one-time link's secret.
package struct Invitation: Hashable, Sendable {
    /// The last part of the link; only its hash is stored.
    package let secret: String
    package let expires: Timestamp

    package init(secret: String, expires: Timestamp) {
        self.secret = secret
        self.expires = expires
    }
}
