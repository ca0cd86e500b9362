package import Model
package import SQL

extension Connection {
    /// `subject` is an account's name or a client's address; both are counted.
    package func insertSignInFailure(subject: String, now: Timestamp) throws {
        try run(
            "INSERT INTO sign_in_failure (id, subject, at) VALUES (\(ID<SessionRow>.make(at: now)), \(subject), \(now))"
        )
    }

    /// Those from the future are of a clock that was set back since; they do not count, or they would for long.
    package func countSignInFailures(subject: String, since: Timestamp, now: Timestamp) throws -> Int {
        try row(
            """
            SELECT COUNT(*) AS n FROM sign_in_failure
             WHERE subject = \(subject) AND at > \(since) AND at <= \(now)
            """
        )?.int("n") ?? 0
    }

    package func deleteSignInFailures(before: Timestamp) throws {
        try run("DELETE FROM sign_in_failure WHERE at <= \(before)")
    }
}
