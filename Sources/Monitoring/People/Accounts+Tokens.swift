package import Model
import SQL
import Store

/// Keys for scripts.
extension Accounts {
    /// Makes a key for scripts; the secret is not shown again.
    ///
    /// Throws `.notFound` when no account has the name.
    package func createToken(
        account name: String,
        name tokenName: String,
        rights: Actor.Rights
    ) async throws -> (token: Token, secret: String) {
        let wanted = name.trimmingWhitespace().lowercased()
        guard let account = try await accounts().first(where: { $0.name == wanted }) else {
            throw RequestError.notFound("There is no account “\(wanted)”. “host user list” prints all of them.")
        }
        return try await createToken(of: account, name: tokenName, rights: rights)
    }

    /// The same for an account that is known.
    package func createToken(
        of account: Account,
        name: String,
        rights: Actor.Rights
    ) async throws -> (token: Token, secret: String) {
        let label = name.trimmingWhitespace()
        guard (1...100).contains(label.count), !label.contains(where: \.isNewline) else {
            throw RequestError.invalid(field: "name", "The token's name must be one line of 1 to 100 characters.")
        }
        let now = now()
        let token = Token(id: .make(at: now), account: account, name: label, rights: rights, created: now)
        // The prefix lets people and secret scanners see what a found string is.
        let secret = "pma_\(Secret.make())"
        let hash = Secret.hash(secret)
        try await database.transaction { try $0.insert(token, secretHash: hash) }
        return (token, secret)
    }

    package func tokens() async throws -> [Token] {
        try await database.read { try $0.tokens() }
    }

    /// Oldest first.
    package func tokens(of account: ID<Account>) async throws -> [Token] {
        try await database.read { try $0.tokens(of: account) }
    }

    /// Throws `.notFound` for one that is not there or belongs to somebody else.
    package func revokeToken(_ id: ID<Token>, of account: ID<Account>) async throws {
        let isRevoked = try await database.transaction { connection in
            let isTheirs = try connection.tokens(of: account).contains { $0.id == id }
            return try isTheirs && connection.deleteToken(id)
        }
        guard isRevoked else { throw RequestError.notFound("There is no such token.") }
    }

    /// Whether there was such a token.
    package func revokeToken(_ id: ID<Token>) async throws -> Bool {
        try await database.transaction { try $0.deleteToken(id) }
    }

    /// Who a token speaks for; nil when it was revoked or never was.
    package func actor(token secret: String) async throws -> Actor? {
        let hash = Secret.hash(secret)
        return try await database.read { connection in
            try connection.token(secretHash: hash).map { Actor(account: $0.account.id, rights: $0.rights) }
        }
    }
}
