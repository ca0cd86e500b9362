package import Model
package import SQL

/// A stored session: who is signed in, and the token its forms carry.
package struct SessionRow: Hashable, Sendable {
    package let account: Account
    package let formToken: String
}

extension Connection {
    package func insertSession(
        secretHash: String,
        account: ID<Account>,
        formToken: String,
        now: Timestamp,
        expires: Timestamp
    ) throws {
        try run("DELETE FROM session WHERE expires_at <= \(now)")
        try run(
            """
            INSERT INTO session (secret_hash, account_id, form_token, created_at, expires_at)
            VALUES (\(secretHash), \(account), \(formToken), \(now), \(expires))
            """
        )
    }

    package func session(secretHash: String, now: Timestamp) throws -> SessionRow? {
        try row(
            """
            SELECT account.id, account.name, account.created_at, session.form_token
              FROM session JOIN account ON account.id = session.account_id
             WHERE session.secret_hash = \(secretHash) AND session.expires_at > \(now)
            """
        ).map { row in
            SessionRow(
                account: Account(id: try row.id("id"), name: try row.text("name"), created: try row.time("created_at")),
                formToken: try row.text("form_token")
            )
        }
    }

    package func deleteSession(secretHash: String) throws {
        try run("DELETE FROM session WHERE secret_hash = \(secretHash)")
    }
}
