import SQL
import TestSupport

/// A database that must not be written to.
final class ReadOnlyDatabase: Database {
    struct Written: Error {}

    private let database: any Database

    init(_ database: any Database) { self.database = database }

    var engine: Engine { database.engine }

    func read<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await database.read(work)
    }

    func transaction<T: Sendable>(
        _ isolation: Isolation,
        _ work: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        throw Written()
    }

    func close() async { await database.close() }
}
