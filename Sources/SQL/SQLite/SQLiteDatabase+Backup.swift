extension SQLiteDatabase {
    /// Copies the database as it is at this moment while others go on reading and writing, and examines the copy.
    ///
    /// The copy is readable by its owner only: it holds password hashes and the secrets of channels. It gets its name when
    /// it is complete and on the disk. Throws `SQLError.open` when there is a file of that name and it is not to be
    /// replaced, `.full` when there is no room for it, `.damaged` when database or copy are.
    package func backUp(
        to path: String,
        replacing: Bool = false,
        progress: @escaping @Sendable (BackupProgress) -> Void = { _ in }
    ) async throws -> BackupReport {
        try gate.enter()
        defer { gate.leave() }
        return try await blocking { [pool, name] in
            guard !SQLiteFile.isSame(path, name) else {
                throw SQLError.open("“\(path)” is the database itself. Name another file for the backup.")
            }
            let target = try BackupTarget(path, replacing: replacing)
            try target.checkRoom(for: SQLiteFile.size(name) + SQLiteFile.size(name + "-wal"), of: name)
            let report = try SQLiteCopy.make(from: pool, of: name, to: target.unfinished, progress: progress)
            try target.finish()
            return BackupReport(path: path, bytes: report.bytes, schema: report.schema, tables: report.tables)
        }
    }
}
