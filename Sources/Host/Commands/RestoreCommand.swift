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
            former database is in place or the restored one.
            """
    )

    @Argument(help: ArgumentHelp("The backup, as “host backup” or a migration made it.", valueName: "file"))
    var file: String

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let settings = try shared.loadQuietly()
        guard case .sqlite(let path) = settings.data.place else { throw Failure(.failed, "Not yet.") }
        let line = ProgressLine()
        let result: SQLiteRestore.Result
        do {
            result = try await SQLiteRestore(of: file, to: path)
                .run(check: Self.check, progress: line.show)
        } catch {
            line.end()
            throw error
        }
        line.end()
        result.backup.write()
        StandardOutput.write("The database “\(path)” is restored: \(result.backup.summary).")
        if let kept = result.kept {
            StandardOutput.write("The former one is kept as “\(kept)”; remove it when you no longer need it.")
        }
    }

    /// Throws unless it is a database of this program, and of a version that this one may use.
    @Sendable
    private static func check(_ backup: BackupReport) throws {
        guard backup.schema.knows(room: StoreSchema.room) else {
            throw Failure(.failed, "“\(backup.path)” is a SQLite database, but not one of this program.")
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
