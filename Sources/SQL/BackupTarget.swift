import FoundationEssentials

/// The file that a backup becomes; it gets its name when it is whole and on the disk.
package struct BackupTarget: Sendable {
    package let path: String
    /// What it is called until then; another backup at the same time has a name of its own.
    package let unfinished: String

    private var folder: String { SQLiteFile.folder(of: path) }

    /// Throws `SQLError.open` when its folder is missing, or when there is a file that is not to be replaced.
    package init(_ path: String, replacing: Bool) throws(SQLError) {
        self.path = path
        unfinished = "\(path).\(UUID().uuidString.prefix(8)).unfinished"
        guard SQLiteFile.isThere(folder) else { throw .open("There is no folder “\(folder)”: make it first.") }
        guard replacing || !SQLiteFile.isThere(path) else {
            throw .open("There is a file “\(path)” already. Name another, or use --force.")
        }
    }

    /// `bytes` is the least that a copy of the database called `name` needs.
    package func checkRoom(for bytes: Int, of name: String) throws(SQLError) {
        guard let room = SQLiteFile.room(in: folder), room < bytes + bytes / 20 else { return }
        throw .full(
            "There is no room for a copy of the database “\(name)” in “\(folder)”: it needs \(ByteCount(bytes)), and "
                + "\(ByteCount(room)) are free. Make room, or name a file on another disk."
        )
    }

    /// Makes the unfinished file, empty and for its owner only.
    package func create() throws(SQLError) { try SQLiteFile.create(unfinished) }

    /// Gives the unfinished file its name; says how long it is.
    @discardableResult
    package func finish() throws(SQLError) -> Int {
        try SQLiteFile.flush(unfinished)
        try SQLiteFile.move(unfinished, to: path)
        try SQLiteFile.flush(folder)
        return SQLiteFile.size(path)
    }

    /// Removes the unfinished file.
    package func discard() {
        // What is left of it is of no use; who discards it has an error that matters more.
        try? SQLiteFile.remove(unfinished)
    }

    /// Whether the folder's disk has no room left, which is why a program that wrote there failed.
    package var isDiskFull: Bool { SQLiteFile.room(in: folder).map { $0 < 65_536 } ?? false }
}
