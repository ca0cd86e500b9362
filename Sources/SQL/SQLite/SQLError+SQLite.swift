import GRDB

extension SQLError {
    /// `statement` is the text without its values: GRDB's own description may hold them and is not used.
    init(_ error: DatabaseError, statement: String, path: String) {
        let message = error.message ?? "\(error.resultCode)"
        self =
            Self.ofFile(error, path: path)
            ?? (error.resultCode == .SQLITE_CONSTRAINT
                ? .constraint(statement, message: message)
                : .statement(statement, code: "\(error.extendedResultCode.rawValue)", message: message))
    }

    /// Where the trouble is the file and not the statement.
    static func ofFile(_ error: DatabaseError, path: String) -> SQLError? {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            .busy("The database “\(path)” stays locked by another program: try again, or end that program.")
        case .SQLITE_FULL: .full(fullDisk(path))
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            .damaged("The database “\(path)” is damaged: \(error.message ?? "\(error.resultCode)").")
        case .SQLITE_READONLY where error.extendedResultCode == .SQLITE_READONLY_DBMOVED: moved(path)
        case .SQLITE_READONLY, .SQLITE_PERM:
            .readOnly(
                "The database “\(path)” can't be written: \(error.message ?? "\(error.resultCode)"). "
                    + "Check that this user may write the file and its folder, and that the disk is not read-only."
            )
        case .SQLITE_CANTOPEN: .open(SQLiteFile.openFailure(path, why: error.message ?? "\(error.resultCode)"))
        case .SQLITE_IOERR:
            // SQLite's log needs a file that is mapped into memory; a full disk shows there as an error of the device.
            if let room = SQLiteFile.room(in: SQLiteFile.folder(of: path)), room < leastRoom {
                .full(fullDisk(path))
            } else {
                .unusable(
                    "The disk of the database “\(path)” fails (SQLite's error \(error.extendedResultCode.rawValue)): "
                        + "see the system's log."
                )
            }
        default: nil
        }
    }

    static func moved(_ path: String) -> SQLError {
        .unusable(
            "The file of the database “\(path)” was moved, removed or replaced while this program used it: "
                + "start this program again."
        )
    }

    private static let leastRoom = 64 << 10

    private static func fullDisk(_ path: String) -> String {
        "There is no room left on the disk of the database “\(path)”: make room. "
            + "Nothing is lost that was stored before, and the program goes on by itself."
    }
}
