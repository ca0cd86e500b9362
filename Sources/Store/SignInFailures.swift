package import Model
package import SQL

extension Connection {
    /// `subject` is an account's name or a client's address; both are counted.
    package func insertSignInFailure(subject: String, now: Timestamp) throws {
        try run(
            "INSERT INTO sign_in_failure (id, subject, at) VALUES (\(ID<SessionRow>.make(at: now)), \(subject), \(now))"
        )
    }

    package func countSignInFailures(subject: String, since: Timestamp) throws -> Int {
        try row("SELECT COUNT(*) AS n FROM sign_in_failure WHERE subject = \(subject) AND at > \(since)")?.int("n") ?? 0
    }

    package func deleteSignInFailures(before: Timestamp) throws {
        try run("DELETE FROM sign_in_failure WHERE at <= \(before)")
    }
}
