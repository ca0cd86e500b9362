import Dispatch
import GRDB
package import Logging
import Metrics
import Synchronization

/// A SQLite file in WAL mode.
///
/// A transaction whose `await` has returned survives `kill -9` and a power cut. Transactions asked for at the same time
/// share one commit, so that hundreds of them a second can be durable; readers never wait for the writer.
package final class SQLiteDatabase: Database {
    package let engine = Engine.sqlite
    package let name: String

    let pool: DatabasePool
    let gate = Gate()
    let logger: Logger
    private let writer: GroupWriter
    private let busyTimeout: Duration
    private let use: Mutex<FileLock?>
    private let isClosed = Mutex(false)
    private let transactionTime = Timer(label: "host_sql_transaction_seconds")

    /// Opens the file; with `creates` makes it, readable by its owner only, and its folder where they are missing.
    ///
    /// Work waits for at most `busyTimeout` while another program writes. Throws `SQLError.open`, `.damaged`, `.unusable`,
    /// `.full` or `.busy`, which say which file and why; a damaged one is left as it is.
    package init(
        path: String,
        logger: Logger,
        busyTimeout: Duration = .seconds(5),
        creates: Bool = true
    ) throws(SQLError) {
        try SQLiteFile.prepare(path)
        let isFirst = try FileLock(.use, .alone, of: path, upTo: .zero) != nil
        guard let lock = try FileLock(.use, .shared, of: path, upTo: busyTimeout) else {
            throw .busy("The database “\(path)” is being replaced by another program: try again when it is done.")
        }
        if try !SQLiteFile.exists(path) {
            guard creates else { throw .open("There is no database “\(path)”. Check data.folder and database.url.") }
            try SQLiteFile.makeDatabase(path, upTo: busyTimeout)
        }
        let wasClosed = SQLiteFile.size(path + "-wal") == 0
        name = path
        self.logger = logger
        self.busyTimeout = busyTimeout
        // Before anything is written: a damaged file stays as it is.
        try Self.check(path, isOwed: isFirst && !wasClosed, logger)
        pool = try Self.open(path, busyTimeout)
        writer = GroupWriter(pool: pool, path: path, busyTimeout: busyTimeout)
        use = Mutex(lock)
    }

    package func read<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try gate.enter()
        defer { gate.leave() }
        return try await withCheckedThrowingContinuation { continuation in
            pool.asyncRead { [name] database in
                continuation.resume(
                    with: Result {
                        do {
                            return try work(SQLiteConnection(database: try database.get(), path: name))
                        } catch let error as DatabaseError {
                            throw SQLError(error, statement: "BEGIN", path: name)
                        }
                    }
                )
            }
        }
    }

    /// There is one writer at a time, whatever the isolation.
    package func transaction<T: Sendable>(
        _ isolation: Isolation,
        _ work: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try gate.enter()
        let start = ContinuousClock.now
        defer {
            gate.leave()
            transactionTime.record(duration: .now - start)
        }
        return try await withCheckedThrowingContinuation { continuation in
            writer.add(
                GroupWriter.Work(
                    run: { connection in
                        let value = try work(connection)
                        return { continuation.resume(returning: value) }
                    },
                    fail: { continuation.resume(throwing: $0) }
                )
            )
        }
    }

    package func alone<T: Sendable>(upTo limit: Duration, _ work: () async throws -> T) async throws -> T {
        let lock = try await blocking { [name] in try FileLock(.change, .alone, of: name, upTo: limit) }
        guard let lock else {
            throw SQLError.busy(
                "Another program changes or copies the database “\(name)” and was not done in time: wait, or end it."
            )
        }
        defer { withExtendedLifetime(lock) {} }
        return try await work()
    }

    package func announcements(of subject: String) -> AsyncStream<Void> { AsyncStream { $0.finish() } }

    package func probe() async throws {
        _ = try await read { try $0.row("SELECT 1 AS one") }
        guard writer.trouble != nil else { return }
        // Written anew although it stays the same, which needs the lock and room for a page.
        _ = try await transaction {
            try $0.run(Statement(stringLiteral: "PRAGMA application_id = \(SQLiteFile.applicationID)"))
        }
        writer.isFine()
    }

    package func maintain() async throws {
        try gate.enter()
        defer { gate.leave() }
        await writer.emptyLog()
    }

    package func close() async {
        await gate.close()
        do {
            // The last connection writes the log back into the file, which takes a moment, and must be one that writes.
            try await blocking { [self] in
                try isClosed.withLock { isClosed in
                    // Nothing may be asked of a file that was closed.
                    guard !isClosed else { return }
                    // A reader that a thread still holds may be the last one to go, and could not write the log back.
                    writer.emptyLogNow()
                    pool.invalidateReadOnlyConnections()
                    try pool.close()
                    isClosed = true
                }
            }
        } catch {
            logger.error(
                "The database could not be closed; it is whole all the same",
                metadata: ["sql.path": "\(name)", "error": "\(Self.why(error))"]
            )
        }
        use.withLock { $0 = nil }
    }

    /// Runs work that blocks its thread.
    func blocking<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result(catching: work)) }
        }
    }
}

extension SQLiteDatabase {
    /// A file that is no larger is looked at whenever it is opened, which takes some 40 ms: a gigabyte takes 1.1 s where the system holds it in memory.
    private static let smallSize = 32 << 20
    /// How long a larger one may keep the start waiting.
    private static let longestCheck: Duration = .seconds(2)

    /// What each of the connections that only read keeps of the file, in KiB; the system keeps it too.
    private static let readerCache = 512

    private static func open(_ path: String, _ busyTimeout: Duration) throws(SQLError) -> DatabasePool {
        var configuration = Configuration()
        configuration.label = "sql"
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(busyTimeout / .seconds(1))
        configuration.prepareDatabase { database in
            guard database.configuration.readonly else { return }
            try database.execute(sql: "PRAGMA cache_size = -\(readerCache)")
        }
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB sets NORMAL in WAL mode, with which a power cut may take back the last commits.
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                try database.execute(sql: "PRAGMA wal_autocheckpoint = \(GroupWriter.pagesBetweenCheckpoints)")
                try database.execute(sql: "PRAGMA journal_size_limit = \(GroupWriter.longestLog)")
                // Reading the schema finds a file that was cut off.
                _ = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_master")
            }
            return pool
        } catch let error as DatabaseError {
            throw SQLError.ofFile(error, path: path) ?? .open(SQLiteFile.openFailure(path, why: Self.why(error)))
        } catch {
            throw .open(SQLiteFile.openFailure(path, why: Self.why(error)))
        }
    }

    /// SQLite heals what a crash leaves; what it can't know is whether disk and copying tools kept the file whole.
    private static func check(_ path: String, isOwed: Bool, _ logger: Logger) throws(SQLError) {
        guard isOwed || SQLiteFile.size(path) <= smallSize else { return }
        guard try !SQLiteIntegrity.check(path, .quick, upTo: longestCheck) else { return }
        logger.info(
            "The database is large and was looked at only in part; “host backup” looks at all of it.",
            metadata: ["sql.path": "\(path)"]
        )
    }

    private static func why(_ error: any Error) -> String {
        (error as? DatabaseError)?.message ?? String(describing: error)
    }
}
