import FoundationEssentials

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
            try Self.checkTarget(path, of: name, replacing: replacing)
            // Another backup at the same time has a name of its own.
            let unfinished = "\(path).\(UUID().uuidString.prefix(8)).unfinished"
            let report = try SQLiteCopy.make(from: pool, of: name, to: unfinished, progress: progress)
            try SQLiteFile.move(unfinished, to: path)
            try SQLiteFile.flush(SQLiteFile.folder(of: path))
            return BackupReport(path: path, bytes: report.bytes, schema: report.schema, tables: report.tables)
        }
    }

    private static func checkTarget(_ path: String, of name: String, replacing: Bool) throws(SQLError) {
        let folder = SQLiteFile.folder(of: path)
        guard SQLiteFile.isThere(folder) else { throw .open("There is no folder “\(folder)”: make it first.") }
        if SQLiteFile.isThere(path) {
            guard !SQLiteFile.isSame(path, name) else {
                throw .open("“\(path)” is the database itself. Name another file for the backup.")
            }
            guard replacing else { throw .open("There is a file “\(path)” already. Name another, or use --force.") }
        }
        let needed = SQLiteFile.size(name) + SQLiteFile.size(name + "-wal")
        guard let room = SQLiteFile.room(in: folder), room < needed + needed / 20 else { return }
        throw .full(
            "There is no room for a copy of the database “\(name)” in “\(folder)”: it needs \(ByteCount(needed)), and "
                + "\(ByteCount(room)) are free. Make room, or name a file on another disk."
        )
    }
}
