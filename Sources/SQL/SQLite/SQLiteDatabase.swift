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

    private let path: String
    private let pool: DatabasePool
    private let writer: GroupWriter
    private let gate = Gate()
    private let logger: Logger
    private let transactionTime = Timer(label: "host_sql_transaction_seconds")

    /// Opens the file; creates it, readable by its owner only, and its folder where they are missing.
    ///
    /// Work waits for at most `busyTimeout` while another program writes. Throws `SQLError.open`, which says which file
    /// and why.
    package init(path: String, logger: Logger, busyTimeout: Duration = .seconds(5)) throws(SQLError) {
        try SQLiteFile.create(path)
        self.path = path
        self.logger = logger
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration(busyTimeout))
            // GRDB sets NORMAL in WAL mode, with which a power cut may take back the last commits.
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                try database.execute(sql: "PRAGMA journal_size_limit = \(64 << 20)")
            }
        } catch {
            throw .open(SQLiteFile.openFailure(path, why: "\(Self.why(error))"))
        }
        writer = GroupWriter(pool: pool, path: path)
    }

    package func read<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try gate.enter()
        defer { gate.leave() }
        return try await withCheckedThrowingContinuation { continuation in
            pool.asyncRead { [path] database in
                continuation.resume(
                    with: Result {
                        do {
                            return try work(SQLiteConnection(database: try database.get(), path: path))
                        } catch let error as DatabaseError {
                            throw SQLError(error, statement: "BEGIN", path: path)
                        }
                    }
                )
            }
        }
    }

    package func transaction<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
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

    package func close() async {
        await gate.close()
        await withCheckedContinuation { continuation in
            // The last connection writes the log back into the file, which takes a moment.
            DispatchQueue.global().async { [pool, logger, path] in
                do {
                    try pool.close()
                } catch {
                    logger.error(
                        "The database could not be closed; it is whole all the same",
                        metadata: ["sql.path": "\(path)", "error": "\(Self.why(error))"]
                    )
                }
                continuation.resume()
            }
        }
    }

    private static func configuration(_ busyTimeout: Duration) -> Configuration {
        var configuration = Configuration()
        configuration.label = "sql"
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(busyTimeout / .seconds(1))
        return configuration
    }

    private static func why(_ error: any Error) -> String {
        (error as? DatabaseError)?.message ?? String(describing: error)
    }
}
