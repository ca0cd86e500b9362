package import Model
package import SQL

extension Connection {
    package func insertInvitation(secretHash: String, now: Timestamp, expires: Timestamp) throws {
        try run("DELETE FROM invitation WHERE expires_at <= \(now)")
        try run(
            "INSERT INTO invitation (secret_hash, created_at, expires_at) VALUES (\(secretHash), \(now), \(expires))"
        )
    }

    package func hasInvitation(secretHash: String, now: Timestamp) throws -> Bool {
        try row("SELECT 1 AS found FROM invitation WHERE secret_hash = \(secretHash) AND expires_at > \(now)") != nil
    }

    /// Uses the invitation up; false when there is none or it has expired.
    package func takeInvitation(secretHash: String, now: Timestamp) throws -> Bool {
        try run("DELETE FROM invitation WHERE secret_hash = \(secretHash) AND expires_at > \(now)") > 0
    }
}
