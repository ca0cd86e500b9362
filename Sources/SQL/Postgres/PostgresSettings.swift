/// How a PostgreSQL database is used.
package struct PostgresSettings: Hashable, Sendable {
    /// How many connections this process has at most, besides those that wait for messages and for a lock.
    package var connections = 8
    /// How long work waits for a connection, for a server that starts again, and for others' locks.
    package var patience: Duration = .seconds(15)
    /// How long one try to connect may take, of several.
    package var longestConnecting: Duration = .seconds(5)
    /// How long one statement may take.
    package var longestStatement: Duration = .seconds(60)
    /// How much longer an answer may take before the connection counts as lost.
    package var longestSilence: Duration = .seconds(5)

    package init() {}

    /// What each new connection is told.
    var commands: [String] {
        [
            "SET statement_timeout = \(Self.milliseconds(longestStatement))",
            "SET lock_timeout = \(Self.milliseconds(patience))",
            // A process that stops in the middle of a transaction must not hold its locks for ever.
            "SET idle_in_transaction_session_timeout = \(Self.milliseconds(longestStatement))",
            "SET client_min_messages = 'error'",
            // All texts are compared as SQLite does, byte by byte, and times are numbers: nothing depends on the place.
            "SET timezone = 'UTC'",
        ]
    }

    /// The server ends a statement first; who is still without an answer then has lost the connection.
    var answerLimit: Duration { longestStatement + longestSilence }

    private static func milliseconds(_ duration: Duration) -> Int { max(1, Int(duration / .milliseconds(1))) }
}
