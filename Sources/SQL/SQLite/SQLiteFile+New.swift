import GRDB

extension SQLiteFile {
    /// Written into the file's head, so that tools can tell whose it is: “Pric”.
    static let applicationID = 0x5072_6963

    /// Makes a database without tables, readable by its owner only.
    ///
    /// It gets its name when it is whole: an empty file under that name is none of ours, and is not taken for a new
    /// beginning.
    static func makeDatabase(_ path: String, upTo limit: Duration) throws(SQLError) {
        guard let lock = try FileLock(.change, .alone, of: path, upTo: limit) else {
            throw .busy("The database “\(path)” is being made by another program: try again.")
        }
        defer { withExtendedLifetime(lock) {} }
        guard try !exists(path) else { return }
        let unnamed = path + ".new"
        try remove(unnamed)
        try create(unnamed)
        do {
            let queue = try DatabaseQueue(path: unnamed)
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA application_id = \(applicationID)") }
            try queue.close()
        } catch let error as DatabaseError {
            throw SQLError.ofFile(error, path: path) ?? .open(openFailure(path, why: error.message ?? "?"))
        } catch {
            throw .open(openFailure(path, why: "\(error)"))
        }
        try flush(unnamed)
        try move(unnamed, to: path)
        try flush(folder(of: path))
    }
}
