import SQL

/// Backups of a PostgreSQL database, made by `pg_dump`.
struct PostgresDump: DatabaseBackups {
    private let database: PostgresDatabase
    private let address: PostgresAddress

    init(of database: PostgresDatabase, at address: PostgresAddress) {
        self.database = database
        self.address = address
    }

    /// Servers have backups of their own, and a dump of a large database would keep the start waiting for hours.
    var areMadeBeforeMigrations: Bool { false }

    func backUp(
        to path: String,
        replacing: Bool,
        progress: @escaping @Sendable (BackupProgress) -> Void
    ) async throws -> BackupReport {
        throw Failure(.failed, "Not yet.")
    }
}
