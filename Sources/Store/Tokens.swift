package import Model
package import SQL

extension Connection {
    package func insert(_ token: Token, secretHash: String) throws {
        try run(
            """
            INSERT INTO token (id, account_id, name, secret_hash, rights, created_at)
            VALUES (
                \(token.id), \(token.account.id), \(token.name), \(secretHash), \(token.rights.rawValue), \(token.created)
            )
            """
        )
    }

    package func tokens() throws -> [Token] {
        try rows(Statement.tokens).map(Token.init(row:))
    }

    /// Oldest first.
    package func tokens(of account: ID<Account>) throws -> [Token] {
        try rows("\(Statement.tokens) WHERE token.account_id = \(account) ORDER BY token.created_at, token.id")
            .map(Token.init(row:))
    }

    package func token(secretHash: String) throws -> Token? {
        try row("\(Statement.tokens) WHERE token.secret_hash = \(secretHash)").map(Token.init(row:))
    }

    package func deleteToken(_ id: ID<Token>) throws -> Bool {
        try run("DELETE FROM token WHERE id = \(id)") > 0
    }
}

extension Statement {
    fileprivate static let tokens: Statement = """
        SELECT token.id, token.name, token.rights, token.created_at,
               account.id AS account_id, account.name AS account_name, account.created_at AS account_created_at
          FROM token JOIN account ON account.id = token.account_id
        """
}

extension Token {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.id("id"),
            account: Account(
                id: try row.id("account_id"),
                name: try row.text("account_name"),
                created: try row.time("account_created_at")
            ),
            name: try row.text("name"),
            rights: try row.name("rights"),
            created: try row.time("created_at")
        )
    }
}
