import Model
import Monitoring

/// The password and the keys of whoever is signed in: `account.mustache`.
struct AccountView: Sendable {
    let frame: PageFrame
    let formToken: String
    let name: String
    let since: String
    let currentProblem: String?
    let passwordProblem: String?
    let tokens: [TokenRow]
    let hasTokens: Bool
    /// The key that was just made; nil otherwise.
    let secret: String?
    let tokenName: String
    let tokenProblem: String?
    let isWriting: Bool

    /// What the form of a new key shows.
    struct TokenEntry: Sendable {
        var name = ""
        var rights: Actor.Rights = .read
        /// The key that was just made.
        var secret: String?
    }

    struct TokenRow: Sendable, Hashable {
        let name: String
        /// `may read, made 3 days ago`.
        let facts: String
        /// Where it is revoked.
        let action: String
    }

    init(
        _ account: Account,
        tokens: [Token],
        token entry: TokenEntry,
        problem: RequestError?,
        now: Timestamp,
        frame: PageFrame,
        formToken: String
    ) {
        self.frame = frame
        self.formToken = formToken
        name = account.name
        since = TimeView(account.created, now: now).day
        currentProblem = problem?.sentence(for: "current")
        tokenProblem = problem?.sentence(for: "name")
        passwordProblem = problem?.sentence(besides: ["current", "name"])
        self.tokens = tokens.map { token in
            let rights = token.rights == .write ? "may change things" : "may read"
            return TokenRow(
                name: token.name,
                facts: "\(rights), made \(TimeView.relative(from: token.created, to: now))",
                action: "/account/tokens/\(token.id)/revoke"
            )
        }
        hasTokens = !tokens.isEmpty
        secret = entry.secret
        tokenName = entry.name
        isWriting = entry.rights == .write
    }
}
