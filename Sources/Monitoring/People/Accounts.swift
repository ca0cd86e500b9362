package import Model
package import SQL
import Store

/// Who may come in: invitations, passwords, sessions, tokens.
package struct Accounts: Sendable {
    let database: any Database
    private let passwordCost: PasswordCost
    let now: @Sendable () -> Timestamp
    /// Hashing passwords takes long and much memory: one at a time, beside the cooperative pool.
    private let hashing = BlockingQueue(label: "passwords", isConcurrent: false)

    package init(
        database: any Database,
        passwordCost: PasswordCost = .standard,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.database = database
        self.passwordCost = passwordCost
        self.now = now
    }

    private static let invitationLifetime: Duration = .hours(1)
    private static let sessionLifetime: Duration = .days(30)
    private static let failureWindow: Duration = .minutes(15)
    /// Wrong passwords for one account, and from one address, before the window has to pass.
    private static let failuresPerAccount = 10
    private static let failuresPerClient = 30

    /// Whether anyone can sign in yet.
    package func hasAccounts() async throws -> Bool {
        try await database.read { try $0.countAccounts() } > 0
    }

    /// Oldest first.
    package func accounts() async throws -> [Account] {
        try await database.read { try $0.accounts() }
    }

    /// Makes a link's secret that creates one account within an hour.
    package func invite() async throws -> Invitation {
        let now = now()
        let invitation = Invitation(secret: Secret.make(), expires: now + Self.invitationLifetime)
        let hash = Secret.hash(invitation.secret)
        try await database.transaction {
            try $0.insertInvitation(secretHash: hash, now: now, expires: invitation.expires)
        }
        return invitation
    }

    package func isOpen(invitation secret: String) async throws -> Bool {
        let (hash, now) = (Secret.hash(secret), now())
        return try await database.read { try $0.hasInvitation(secretHash: hash, now: now) }
    }

    /// Uses the invitation up: creates the account and signs it in.
    ///
    /// Throws `.invalid` for `name`, `password` or `invitation`; the invitation stays open then.
    package func accept(invitation secret: String, name: String, password: String) async throws -> NewSession {
        let name = name.trimmingWhitespace().lowercased()
        guard (1...254).contains(name.count), !name.contains(where: \.isWhitespace) else {
            throw RequestError.invalid(field: "name", "The name must have 1 to 254 characters and no spaces.")
        }
        let stored = try await stored(password)
        let now = now()
        let account = Account(id: .make(at: now), name: name, created: now)
        let hash = Secret.hash(secret)
        do {
            try await database.transaction { connection in
                guard try connection.takeInvitation(secretHash: hash, now: now) else {
                    throw RequestError.invalid(
                        field: "invitation",
                        "This link was used already or is older than an hour. “host user invite” prints a new one."
                    )
                }
                try connection.insert(account, password: stored)
            }
        } catch SQLError.constraint {
            throw RequestError.invalid(field: "name", "The name “\(name)” is taken. Choose another one.")
        }
        return try await begin(account)
    }

    /// Sets a new password and ends the account's sessions; says whether there is such an account.
    ///
    /// Throws `.invalid` for `password`.
    package func setPassword(_ password: String, name: String) async throws -> Bool {
        let name = name.trimmingWhitespace().lowercased()
        let stored = try await stored(password)
        return try await database.transaction { try $0.setPassword(stored, ofAccount: name) }
    }

    /// What is stored of a password that somebody chose.
    private func stored(_ password: String) async throws -> String {
        guard (10...200).contains(password.count) else {
            throw RequestError.invalid(field: "password", "The password must have 10 to 200 characters.")
        }
        let cost = passwordCost
        return try await hashing.run { try PasswordHash(hashing: password, cost: cost).text }
    }

    /// Throws `.invalid` for `password` when the two do not belong together, whichever is wrong, and `.tooMany` after
    /// too many failures.
    ///
    /// `client` is the network address that asks.
    package func signIn(name: String, password: String, client: String) async throws -> NewSession {
        guard let account = try await verified(name: name, password: password, client: client) else {
            throw RequestError.invalid(field: "password", "The name or the password is wrong.")
        }
        return try await begin(account)
    }

    /// Sets another password for somebody who is signed in, ends all their sessions and begins a new one.
    ///
    /// Throws `.invalid` for `current` or `password`, and `.tooMany` after too many wrong ones.
    package func changePassword(
        of account: Account,
        from current: String,
        to new: String,
        client: String
    ) async throws -> NewSession {
        guard try await verified(name: account.name, password: current, client: client) != nil else {
            throw RequestError.invalid(field: "current", "This is not your password.")
        }
        _ = try await setPassword(new, name: account.name)
        return try await begin(account)
    }

    /// nil when the two do not belong together, whichever is wrong; throws `.tooMany` after too many failures.
    private func verified(name: String, password: String, client: String) async throws -> Account? {
        let name = String(name.trimmingWhitespace().lowercased().prefix(254))
        try await checkFailures(name: name, client: client)
        let credentials = try await database.read { connection in
            try connection.credentials(name: name).map { Credentials(account: $0.account, password: $0.password) }
        }
        let cost = passwordCost
        let matches = try await hashing.run {
            // An unknown name takes as long as a wrong password, so that names can't be found out by the clock.
            guard let credentials, let stored = PasswordHash(stored: credentials.password) else {
                _ = try PasswordHash(hashing: password, cost: cost)
                return false
            }
            return try stored.matches(password)
        }
        guard matches, let credentials else {
            let now = now()
            try await database.transaction { connection in
                try connection.insertSignInFailure(subject: "account \(name)", now: now)
                try connection.insertSignInFailure(subject: "client \(client)", now: now)
            }
            return nil
        }
        return credentials.account
    }

    private struct Credentials: Sendable {
        let account: Account
        let password: String
    }

    private func checkFailures(name: String, client: String) async throws {
        let now = now()
        let since = now - Self.failureWindow
        let (account, address) = try await database.read { connection in
            (
                try connection.countSignInFailures(subject: "account \(name)", since: since, now: now),
                try connection.countSignInFailures(subject: "client \(client)", since: since, now: now)
            )
        }
        guard account < Self.failuresPerAccount, address < Self.failuresPerClient else {
            throw RequestError.tooMany(
                "There were too many failed attempts to sign in. Try again in 15 minutes.",
                retryAfter: Self.failureWindow
            )
        }
    }

    private func begin(_ account: Account) async throws -> NewSession {
        let now = now()
        let session = NewSession(secret: Secret.make(), lifetime: Self.sessionLifetime)
        let (hash, formToken) = (Secret.hash(session.secret), Secret.make())
        try await database.transaction { connection in
            try connection.insertSession(
                secretHash: hash,
                account: account.id,
                formToken: formToken,
                now: now,
                expires: now + session.lifetime
            )
        }
        return session
    }

    /// nil when the session has ended or never was.
    package func session(secret: String) async throws -> Session? {
        let (hash, now) = (Secret.hash(secret), now())
        return try await database.read { connection in
            try connection.session(secretHash: hash, now: now).map {
                Session(account: $0.account, formToken: $0.formToken)
            }
        }
    }

    package func signOut(secret: String) async throws {
        let hash = Secret.hash(secret)
        try await database.transaction { try $0.deleteSession(secretHash: hash) }
    }

    /// What would be removed with an account; nil when there is none.
    package func belongings(name: String) async throws -> Belongings? {
        let name = name.trimmingWhitespace().lowercased()
        return try await database.read { try $0.belongings(name: name) }
    }

    /// Whether there was such an account.
    ///
    /// Everything it owns goes with it.
    package func remove(name: String) async throws -> Bool {
        let name = name.trimmingWhitespace().lowercased()
        return try await database.transaction { try $0.deleteAccount(name: name) }
    }
}
