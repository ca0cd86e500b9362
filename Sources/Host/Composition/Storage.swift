import Logging
import Queue
import SQL
import Store

/// The database of an installation, and its schema.
struct Storage: Sendable {
    let database: any Database

    private static let migrator = Migrator([
        (StoreSchema.room, StoreSchema.migrations), (QueueSchema.room, QueueSchema.migrations),
    ])
    private static let migrationCount = StoreSchema.migrations.count + QueueSchema.migrations.count

    /// Opens the file, and makes it and its folder where they are missing.
    init(_ settings: DataSettings, logger: Logger) throws {
        database = try SQLiteDatabase(path: settings.databasePath, logger: logger)
    }

    /// Brings the schema up to date; says what was run.
    func migrate() async throws -> [String] {
        try await Self.migrator.migrate(database)
    }

    /// For commands beside a running program: prepares a new database, but leaves the schema of one in use alone.
    func prepare() async throws {
        let pending = try await Self.migrator.pending(database)
        if pending.count == Self.migrationCount {
            _ = try await migrate()
        } else if !pending.isEmpty {
            throw Failure(
                .failed,
                "The database's schema is older than this program: “host migrate” or the next “host run” changes it."
            )
        }
    }
}
