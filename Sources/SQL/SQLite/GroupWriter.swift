import GRDB
import Synchronization

/// Runs transactions one after another on the connection that writes, and commits those that wait together.
///
/// A commit waits for the disk, whatever it holds. While one does, the next transactions gather; they then run each in a
/// savepoint of their own and share the next commit. No caller hears of its transaction before that commit is durable.
final class GroupWriter: Sendable {
    /// One transaction.
    struct Work: Sendable {
        /// Runs it; what it gives back tells its caller, and is called when it is durable.
        let run: @Sendable (any Connection) throws -> @Sendable () -> Void
        /// Tells its caller that nothing of it was kept.
        let fail: @Sendable (any Error) -> Void
    }

    private typealias Outcome = Result<@Sendable () -> Void, any Error>

    private struct Waiting {
        var works: [Work] = []
        var isDraining = false
    }

    /// More would hold the lock for long and gain nothing.
    private static let largestGroup = 128

    private let pool: DatabasePool
    private let path: String
    private let waiting = Mutex(Waiting())

    init(pool: DatabasePool, path: String) {
        self.pool = pool
        self.path = path
    }

    func add(_ work: Work) {
        let startsDraining = waiting.withLock { waiting in
            waiting.works.append(work)
            defer { waiting.isDraining = true }
            return !waiting.isDraining
        }
        guard startsDraining else { return }
        pool.asyncWriteWithoutTransaction { [self] database in
            while let group = nextGroup() { commit(group, on: database) }
        }
    }

    private func nextGroup() -> [Work]? {
        waiting.withLock { waiting in
            guard !waiting.works.isEmpty else {
                waiting.isDraining = false
                return nil
            }
            let group = Array(waiting.works.prefix(Self.largestGroup))
            waiting.works.removeFirst(group.count)
            return group
        }
    }

    private func commit(_ group: [Work], on database: GRDB.Database) {
        let connection = SQLiteConnection(database: database, path: path)
        var outcomes: [Outcome] = []
        do {
            try connection.run("BEGIN IMMEDIATE")
            for work in group { outcomes.append(try attempt(work, on: connection)) }
            try connection.run("COMMIT")
        } catch {
            if database.isInsideTransaction {
                // An error here would show again at the next BEGIN, where there is somebody to tell.
                _ = try? connection.run("ROLLBACK")
            }
            // Who failed by itself hears its own error; all others lost their work with the transaction.
            outcomes = group.indices.map { index in
                guard index < outcomes.count, case .failure = outcomes[index] else { return .failure(error) }
                return outcomes[index]
            }
        }
        for (work, outcome) in zip(group, outcomes) {
            switch outcome {
            case .success(let succeed): succeed()
            case .failure(let error): work.fail(error)
            }
        }
    }

    /// Throws when the whole transaction is lost, not only this work.
    private func attempt(_ work: Work, on connection: SQLiteConnection) throws -> Outcome {
        try connection.run("SAVEPOINT work")
        do {
            let succeed = try work.run(connection)
            try connection.run("RELEASE work")
            return .success(succeed)
        } catch {
            // On a full disk and the like SQLite rolls everything back by itself.
            guard connection.database.isInsideTransaction else { throw error }
            try connection.run("ROLLBACK TO work")
            try connection.run("RELEASE work")
            return .failure(error)
        }
    }
}
