import SQL

/// What makes backups of one kind of database.
protocol DatabaseBackups: Sendable {
    /// Whether one is made by itself before a new version changes the schema.
    var areMadeBeforeMigrations: Bool { get }

    /// Copies the database as it is at this moment, while others go on, and examines the copy.
    ///
    /// The copy is readable by its owner only and gets its name when it is whole.
    func backUp(
        to path: String,
        replacing: Bool,
        progress: @escaping @Sendable (BackupProgress) -> Void
    ) async throws -> BackupReport
}

extension SQLiteDatabase: DatabaseBackups {
    var areMadeBeforeMigrations: Bool { true }
}
