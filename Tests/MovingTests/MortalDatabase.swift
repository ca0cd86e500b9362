import SQL
import Synchronization
import TestSupport

/// Dies after some transactions, as a program does that is killed.
final class MortalDatabase: Database {
    struct Death: Error {}

    private let database: any Database
    private let left: Mutex<Int>

    init(_ database: any Database, transactions: Int) {
        self.database = database
        left = Mutex(transactions)
    }

    var engine: Engine { database.engine }

    func read<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await database.read(work)
    }

    func transaction<T: Sendable>(
        _ isolation: Isolation,
        _ work: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        let lives = left.withLock { left in
            left -= 1
            return left >= 0
        }
        guard lives else { throw Death() }
        return try await database.transaction(isolation, work)
    }

    func close() async { await database.close() }
}
