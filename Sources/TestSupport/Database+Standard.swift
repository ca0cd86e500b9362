package import SQL

/// For databases that a test makes to show one fault: they need not say what the test does not ask for.
extension Database {
    package var name: String { "test" }

    package func alone<T: Sendable>(upTo limit: Duration, _ work: () async throws -> T) async throws -> T {
        try await work()
    }

    package func probe() async throws { _ = try await read { try $0.row("SELECT 1 AS one") } }
    package func maintain() async throws {}
    package func announcements(of subject: String) -> AsyncStream<Void> { AsyncStream { $0.finish() } }
}
