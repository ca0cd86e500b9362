import GRDB

/// Makes and examines copies of database files; blocks the thread.
enum SQLiteCopy {
    private static let pagesPerStep: CInt = 2000

    /// Copies what `source` sees at this moment into a new file, for its owner only, and examines it.
    ///
    /// The file is complete, on the disk and needs no log beside it when this returns; when it throws there is none.
    static func make(
        from source: any DatabaseReader,
        of name: String,
        to path: String,
        progress: @escaping (BackupProgress) -> Void
    ) throws -> BackupReport {
        try SQLiteFile.remove(path)
        try SQLiteFile.create(path)
        do {
            let rows = try copy(from: source, to: path, progress)
            try SQLiteFile.flush(path)
            let report = try examine(path, progress: progress)
            guard report.tables == rows else {
                throw SQLError.damaged(
                    "The copy “\(path)” of the database “\(name)” does not hold the rows that the database has. "
                        + "Try again; if it happens again, the disk or the memory of this machine fails."
                )
            }
            return report
        } catch {
            // What is left of it is of no use; the error says what matters.
            try? SQLiteFile.remove(path)
            guard let error = error as? DatabaseError else { throw error }
            throw SQLError(error, statement: "backup", path: error.resultCode == .SQLITE_FULL ? path : name)
        }
    }

    /// Looks at the whole file: whether it is whole and what is in it.
    static func examine(_ path: String, progress: (BackupProgress) -> Void) throws -> BackupReport {
        progress(BackupProgress(phase: .checking, part: nil))
        guard SQLiteFile.size(path) > 0 else { throw SQLError.damaged("“\(path)” is empty.") }
        _ = try SQLiteIntegrity.check(path, .full)
        let queue = try reader(path)
        // It has only read; there is nothing that could be lost.
        defer { try? queue.close() }
        do {
            let (schema, tables) = try queue.read { database in
                let connection = SQLiteConnection(database: database, path: path)
                return (try SchemaState(connection), try Self.tables(connection))
            }
            return BackupReport(path: path, bytes: SQLiteFile.size(path), schema: schema, tables: tables)
        } catch let error as DatabaseError {
            throw SQLError(error, statement: "SELECT", path: path)
        }
    }

    /// Reads a file that nobody need have open.
    static func reader(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            return try DatabaseQueue(path: path, configuration: configuration)
        } catch let error as DatabaseError {
            throw SQLError.ofFile(error, path: path) ?? .open(SQLiteFile.openFailure(path, why: error.message ?? "?"))
        }
    }

    /// Says how many rows the tables had.
    private static func copy(
        from source: any DatabaseReader,
        to path: String,
        _ progress: @escaping (BackupProgress) -> Void
    ) throws -> [BackupReport.Table] {
        let target = try DatabaseQueue(path: path)
        let rows = try target.writeWithoutTransaction { target in
            // One reading transaction sees one state, so that nobody who writes meanwhile makes it begin anew.
            try source.read { source in
                try source.backup(to: target, pagesPerStep: pagesPerStep) { step in
                    let done = step.totalPageCount - step.remainingPageCount
                    let part = Double(done) / Double(max(step.totalPageCount, 1))
                    progress(BackupProgress(phase: .copying, part: part))
                }
                return try tables(SQLiteConnection(database: source, path: path))
            }
        }
        try target.writeWithoutTransaction { _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE") }
        try target.close()
        return rows
    }

    private static func tables(_ connection: SQLiteConnection) throws -> [BackupReport.Table] {
        let names = try connection.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
        )
        return try names.map { row in
            let name = try row.text("name")
            let count = try connection.row(
                Statement(stringLiteral: "SELECT COUNT(*) AS rows FROM \(name.asIdentifier)")
            )
            return BackupReport.Table(name: name, rows: try count?.int("rows") ?? 0)
        }
    }
}
