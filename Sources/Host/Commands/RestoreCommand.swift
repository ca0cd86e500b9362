import ArgumentParser
import SQL
import Store

/// Puts a backup in the database's place.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup in the database's place; the program must not run meanwhile.",
        discussion: """
            The backup is examined before anything is changed, and is itself left as it is. The former database is kept \
            beside the new one, under a name that is printed. Should the command be cut short at any moment, either the \
            former database is in place or the restored one. On a PostgreSQL server the backup is restored into a new \
            database by pg_restore, which changes names with the former one; the user must have the right to make \
            databases, and own the former one.
            """
    )

    @Argument(help: ArgumentHelp("The backup, as “host backup” or a migration made it.", valueName: "file"))
    var file: String

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let settings = try shared.loadQuietly()
        let kind = try BackupKind(of: file)
        let line = ProgressLine()
        let (backup, former): (BackupReport, String?)
        do {
            switch settings.data.place {
            case .sqlite(let path):
                try checkKind(kind, isFor: .sqlite)
                let result = try await SQLiteRestore(of: file, to: path).run(check: Self.check, progress: line.show)
                (backup, former) = (result.backup, result.kept)
            case .postgres(let address, _):
                try checkKind(kind, isFor: .postgres)
                let result = try await PostgresRestore(of: file, to: address)
                    .run(check: Self.check, progress: line.show)
                (backup, former) = (result.backup, result.kept)
            }
        } catch {
            line.end()
            throw error
        }
        line.end()
        backup.write()
        StandardOutput.write("The database “\(settings.data.place.name)” is restored: \(backup.summary).")
        if let former {
            StandardOutput.write("The former one is kept as “\(former)”; remove it when you no longer need it.")
        }
    }

    /// Throws when the file is of the other engine.
    ///
    /// What is of neither is for the engine to say.
    private func checkKind(_ kind: BackupKind, isFor engine: Engine) throws(Failure) {
        let move =
            "To bring its data here, restore it in an installation of its kind, “host export” there and “host import” "
            + "here."
        switch (kind, engine) {
        case (.postgres, .sqlite), (.statements, .sqlite):
            throw Failure(
                .failed,
                "“\(file)” is a dump of a PostgreSQL database, and this installation keeps its data in a SQLite file "
                    + "(database.url). \(move)"
            )
        case (.sqlite, .postgres):
            throw Failure(
                .failed,
                "“\(file)” is a SQLite database, and this installation keeps its data on a PostgreSQL server "
                    + "(database.url). \(move)"
            )
        case (.statements, .postgres):
            throw Failure(
                .failed,
                "“\(file)” is a dump of a PostgreSQL database as text. Put it back with psql, or make one with “host "
                    + "backup” or “pg_dump --format=custom”."
            )
        case (.sqlite, .sqlite), (.postgres, .postgres), (.other, _): break
        }
    }

    /// Throws unless it is a database of this program, and of a version that this one may use.
    @Sendable
    private static func check(_ backup: BackupReport) throws {
        guard backup.schema.knows(room: StoreSchema.room) else {
            throw Failure(.failed, "“\(backup.path)” is a backup of a database, but not one of this program.")
        }
        try Storage.migrator.check(backup.schema, of: backup.path)
    }
}

extension BackupReport {
    /// The rows of every table.
    func write() {
        let rows = tables.map { [$0.name, "\($0.rows)"] }
        for line in TextTable.lines(heads: ["TABLE", "ROWS"], rows: rows) { StandardOutput.write(line) }
    }

    /// Completes “… is whole: …”.
    var summary: String { "\(ByteCount(bytes)), \(rows) rows in \(tables.count) tables, schema \(schema.number)" }
}
