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

    /// 12 MB; pages that change again and again are copied into the file once for all of it.
    static let pagesBetweenCheckpoints = 3000
    /// In bytes; a log that grows beyond is emptied as soon as no reader needs it any more.
    static let longestLog = 16 << 20
    /// How much a log that could not be emptied grows until that is tried again.
    private static let logStep = 4 << 20

    private let pool: DatabasePool
    private let path: String
    private let busyTimeout: Duration
    private let identity: SQLiteFile.Identity?
    private let waiting = Mutex(Waiting())
    private let lastTrouble = Mutex<SQLError?>(nil)
    private let nextEmptying = Mutex(longestLog)

    init(pool: DatabasePool, path: String, busyTimeout: Duration) {
        self.pool = pool
        self.path = path
        self.busyTimeout = busyTimeout
        identity = SQLiteFile.identity(of: path)
    }

    /// What kept the file from being written, until something was written again.
    var trouble: SQLError? { lastTrouble.withLock { $0 } }

    func isFine() { lastTrouble.withLock { $0 = nil } }

    func add(_ work: Work) {
        let startsDraining = waiting.withLock { waiting in
            waiting.works.append(work)
            defer { waiting.isDraining = true }
            return !waiting.isDraining
        }
        guard startsDraining else { return }
        pool.asyncWriteWithoutTransaction { [self] database in
            while let group = nextGroup() {
                commit(group, on: database)
                boundLog(on: database)
            }
        }
    }

    /// Writes the log back into the file and makes it short, if no reader needs it.
    func emptyLog() async {
        await withCheckedContinuation { continuation in
            pool.asyncWriteWithoutTransaction { [self] database in
                emptyLog(on: database)
                continuation.resume()
            }
        }
    }

    /// The same on this thread, while the file is open.
    func emptyLogNow() { pool.writeWithoutTransaction { emptyLog(on: $0) } }

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
        let before = database.totalChangesCount
        var outcomes: [Outcome] = []
        do {
            // SQLite would go on writing into the file that was moved away.
            guard SQLiteFile.identity(of: path) == identity else { throw SQLError.moved(path) }
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
        note(outcomes, wroteSomething: database.totalChangesCount != before)
        for (work, outcome) in zip(group, outcomes) {
            switch outcome {
            case .success(let succeed): succeed()
            case .failure(let error): work.fail(error)
            }
        }
    }

    private func note(_ outcomes: [Outcome], wroteSomething: Bool) {
        let troubles = outcomes.compactMap { outcome -> SQLError? in
            guard case .failure(let error) = outcome, let error = error as? SQLError, error.isOfFile else { return nil }
            return error
        }
        guard wroteSomething || !troubles.isEmpty else { return }
        lastTrouble.withLock { $0 = troubles.first }
    }

    /// SQLite copies the log into the file now and then, but begins it anew only in a moment without a reader, which
    /// may never come: then it would grow for ever.
    private func boundLog(on database: GRDB.Database) {
        guard SQLiteFile.size(path + "-wal") > nextEmptying.withLock({ $0 }) else { return }
        emptyLog(on: database)
        let size = SQLiteFile.size(path + "-wal")
        nextEmptying.withLock { $0 = max(Self.longestLog, size + Self.logStep) }
    }

    private func emptyLog(on database: GRDB.Database) {
        // Whoever writes waits meanwhile; a reader that takes longer is left alone. A full disk shows at the next commit.
        _ = try? database.execute(sql: "PRAGMA busy_timeout = 200")
        _ = try? database.checkpoint(.truncate)
        _ = try? database.execute(sql: "PRAGMA busy_timeout = \(Int(busyTimeout / .milliseconds(1)))")
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
