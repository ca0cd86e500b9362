import Dispatch
import FoundationEssentials
import GRDB

/// Puts a backup in the place of a database that nobody uses.
package struct SQLiteRestore: Sendable {
    /// What was done.
    package struct Result: Hashable, Sendable {
        package let backup: BackupReport
        /// Where the former database lies now; nil when there was none.
        package let kept: String?
    }

    private let backup: String
    private let database: String
    private let patience: Duration

    /// Waits up to `patience` for who has `database` open.
    package init(of backup: String, to database: String, patience: Duration = .seconds(2)) {
        self.backup = backup
        self.database = database
        self.patience = patience
    }

    /// Examines the backup, copies it, examines the copy and puts it in the database's place.
    ///
    /// `check` sees what the backup holds before anything is changed, and may throw. Whenever the process dies, there is
    /// either the former database or the restored one under the name; the former one is kept under another. Throws
    /// `SQLError.busy` when a program has the database open, `.damaged` when the backup is, `.open` when it can't be read.
    package func run(
        check: @escaping @Sendable (BackupReport) throws -> Void,
        progress: @escaping @Sendable (BackupProgress) -> Void = { _ in }
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Swift.Result { try restore(check, progress) })
            }
        }
    }

    private func restore(
        _ check: (BackupReport) throws -> Void,
        _ progress: @escaping (BackupProgress) -> Void
    ) throws -> Result {
        try SQLiteFile.prepare(database)
        guard SQLiteFile.isThere(backup) else { throw SQLError.open("There is no file “\(backup)”.") }
        guard !SQLiteFile.isSame(backup, database) else {
            throw SQLError.open("“\(backup)” is the database itself. Name a backup.")
        }
        guard let lock = try FileLock(.use, .alone, of: database, upTo: patience) else { throw inUse }
        defer { withExtendedLifetime(lock) {} }
        try forgetUnfinished()
        let report = try SQLiteCopy.examine(backup, progress: progress)
        try check(report)
        try checkRoom(report.bytes)
        let source = try SQLiteCopy.reader(backup)
        // It has only read; there is nothing that could be lost.
        defer { try? source.close() }
        _ = try SQLiteCopy.make(from: source, of: backup, to: unfinished, progress: progress)
        return Result(backup: report, kept: try exchange())
    }

    /// The copy for the present database; says where that is kept.
    private func exchange() throws -> String? {
        do {
            try settle()
            let kept = try keepFormer()
            try SQLiteFile.move(unfinished, to: database)
            try SQLiteFile.flush(SQLiteFile.folder(of: database))
            return kept
        } catch {
            // Unless the disk knows no second names, the former database is still in place and the copy of no use.
            if SQLiteFile.isThere(database) { try SQLiteFile.remove(unfinished) }
            throw error
        }
    }

    private var unfinished: String { SQLiteFile.restoring(database) }

    private var inUse: SQLError {
        .busy(
            "The database “\(database)” is in use. End the running program (all its roles), or whatever has the file "
                + "open, and try again."
        )
    }

    private func checkRoom(_ needed: Int) throws(SQLError) {
        let folder = SQLiteFile.folder(of: database)
        guard let room = SQLiteFile.room(in: folder), room < needed + needed / 20 else { return }
        throw .full(
            "There is no room for the restored database in “\(folder)”: it needs \(ByteCount(needed)), and "
                + "\(ByteCount(room)) are free. The present database is kept beside it. Make room."
        )
    }

    /// Writes the log of the present database into it, which SQLite allows only when nobody else has it open.
    ///
    /// A damaged one has its log kept beside it instead.
    private func settle() throws {
        guard SQLiteFile.size(database) > 0 else { return }
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience / .seconds(1))
        do {
            let queue = try DatabaseQueue(path: database, configuration: configuration)
            let mode = try queue.writeWithoutTransaction {
                try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE")
            }
            try queue.close()
            guard mode == "delete" else { throw inUse }
        } catch let error as DatabaseError {
            guard error.resultCode != .SQLITE_BUSY, error.resultCode != .SQLITE_LOCKED else { throw inUse }
        }
    }

    /// A log or journal that stayed would be taken for the restored database's.
    private func keepFormer() throws -> String? {
        let logs = ["-wal", "-journal"]
        let first = "\(database).replaced-\(BackupShelf.stamp(Date()))"
        var (kept, count) = (first, 1)
        while ([""] + logs).contains(where: { SQLiteFile.isThere(kept + $0) }) {
            count += 1
            kept = "\(first)-\(count)"
        }
        let wasThere = SQLiteFile.isThere(database)
        if wasThere { try SQLiteFile.keep(database, as: kept) }
        for log in logs where SQLiteFile.isThere(database + log) {
            try SQLiteFile.move(database + log, to: kept + log)
        }
        try SQLiteFile.remove(database + "-shm")
        return wasThere ? kept : nil
    }

    /// A restore that died may have left the database with two names; the second one would change with it.
    private func forgetUnfinished() throws {
        let folder = SQLiteFile.folder(of: database)
        let start = (database.split(separator: "/").last.map(String.init) ?? database) + ".replaced-"
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasPrefix(start) {
            let path = "\(folder)/\(name)"
            let hasLog = SQLiteFile.isThere(path + "-wal") || SQLiteFile.isThere(path + "-journal")
            if SQLiteFile.isSame(path, database), !hasLog { try SQLiteFile.remove(path) }
        }
    }
}
