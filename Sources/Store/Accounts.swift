package import Model
package import SQL

extension Connection {
    package func countAccounts() throws -> Int {
        try row("SELECT COUNT(*) AS n FROM account")?.int("n") ?? 0
    }

    package func accounts() throws -> [Account] {
        try rows("SELECT id, name, created_at FROM account ORDER BY created_at, id").map(Account.init(row:))
    }

    package func account(_ id: ID<Account>) throws -> Account? {
        try row("SELECT id, name, created_at FROM account WHERE id = \(id)").map(Account.init(row:))
    }

    /// The account and its password's hash.
    package func credentials(name: String) throws -> (account: Account, password: String)? {
        try row("SELECT id, name, created_at, password FROM account WHERE name = \(name)").map { row in
            (try Account(row: row), try row.text("password"))
        }
    }

    /// Throws `SQLError.constraint` when the name is taken.
    package func insert(_ account: Account, password: String) throws {
        try run(
            """
            INSERT INTO account (id, name, password, created_at)
            VALUES (\(account.id), \(account.name), \(password), \(account.created))
            """
        )
    }

    /// What would go with an account; nil when there is none.
    package func belongings(name: String) throws -> Belongings? {
        try row(
            """
            SELECT (SELECT COUNT(*) FROM product WHERE owner_id = account.id) AS products,
                   (SELECT COUNT(*) FROM channel WHERE owner_id = account.id) AS channels,
                   (SELECT COUNT(*) FROM token WHERE account_id = account.id) AS tokens
              FROM account WHERE name = \(name)
            """
        ).map { row in
            Belongings(
                products: try row.int("products"),
                channels: try row.int("channels"),
                tokens: try row.int("tokens")
            )
        }
    }

    /// Whether there is such an account; its sessions end.
    package func setPassword(_ stored: String, ofAccount name: String) throws -> Bool {
        try run("DELETE FROM session WHERE account_id IN (SELECT id FROM account WHERE name = \(name))")
        return try run("UPDATE account SET password = \(stored) WHERE name = \(name)") > 0
    }

    /// Whether there was such an account.
    ///
    /// Everything it owns goes with it.
    package func deleteAccount(name: String) throws -> Bool {
        try run("DELETE FROM account WHERE name = \(name)") > 0
    }
}

extension Account {
    fileprivate init(row: Row) throws {
        self.init(id: try row.id("id"), name: try row.text("name"), created: try row.time("created_at"))
    }
}
