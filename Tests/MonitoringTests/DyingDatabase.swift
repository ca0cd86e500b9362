import SQL
import Synchronization
import TestSupport

/// A database whose process dies at one of its commits: from then on nothing answers any more.
final class DyingDatabase: Database {
    enum Death: Hashable, Sendable, CaseIterable {
        /// Nothing of the transaction is kept.
        case before
        /// It is kept, but nobody hears of it.
        case after
    }

    struct Died: Error {}

    private let database: any Database
    private let death: Death
    private let commit: Int
    private let whenDead: @Sendable () -> Void
    private let state = Mutex((commits: 0, isDead: false))

    /// Dies at the `commit`-th transaction, counted from 1.
    init(_ database: any Database, at commit: Int, _ death: Death, whenDead: @escaping @Sendable () -> Void) {
        self.database = database
        self.commit = commit
        self.death = death
        self.whenDead = whenDead
    }

    var engine: Engine { database.engine }
    var isDead: Bool { state.withLock { $0.isDead } }

    func read<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        guard !isDead else { throw Died() }
        return try await database.read(work)
    }

    func transaction<T: Sendable>(
        _ isolation: Isolation,
        _ work: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        let dies = try state.withLock { state in
            guard !state.isDead else { throw Died() }
            state.commits += 1
            state.isDead = state.commits == commit
            return state.isDead
        }
        guard dies else { return try await database.transaction(isolation, work) }
        if death == .after { _ = try await database.transaction(isolation, work) }
        whenDead()
        throw Died()
    }

    /// As when what kept the database from answering is over.
    func revive() { state.withLock { $0.isDead = false } }

    func close() async {}
}
