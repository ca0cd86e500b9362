/// What must still be true for something to be done, as the database says: that the process which does it leads.
package struct Fence: Sendable {
    private let database: any Database
    fileprivate let check: @Sendable (any Connection) throws -> Void

    /// `check` throws where it is not true, and locks what it reads, so that until its transaction ends it stays true.
    package init(_ database: any Database, check: @escaping @Sendable (any Connection) throws -> Void) {
        (self.database, self.check) = (database, check)
    }

    /// Throws where it is not true at this moment; for what no transaction holds.
    package func ask() async throws { try await database.transaction(.locking, check) }

    /// The same database, each of whose transactions is refused where it is not true.
    package func around(_ database: any Database) -> any Database { FencedDatabase(database, self) }
}

/// A database that is changed only while something is true.
private struct FencedDatabase: Database {
    private let database: any Database
    private let fence: Fence

    init(_ database: any Database, _ fence: Fence) { (self.database, self.fence) = (database, fence) }

    var engine: Engine { database.engine }
    var name: String { database.name }

    func read<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await database.read(work)
    }

    func transaction<T: Sendable>(
        _ isolation: Isolation,
        _ work: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try await database.transaction(isolation) { [fence] connection in
            try fence.check(connection)
            return try work(connection)
        }
    }

    func alone<T: Sendable>(upTo limit: Duration, _ work: () async throws -> T) async throws -> T {
        try await database.alone(upTo: limit, work)
    }

    func announcements(of subject: String) -> AsyncStream<Void> { database.announcements(of: subject) }
    func probe() async throws { try await database.probe() }
    func maintain() async throws { try await database.maintain() }
    func hurry() { database.hurry() }
    func close() async { await database.close() }
}
