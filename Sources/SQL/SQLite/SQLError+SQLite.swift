import GRDB

extension SQLError {
    /// `statement` is the text without its values: GRDB's own description may hold them and is not used.
    init(_ error: DatabaseError, statement: String, path: String) {
        let message = error.message ?? "\(error.resultCode)"
        self =
            switch error.resultCode {
            case .SQLITE_CONSTRAINT: .constraint(statement, message: message)
            case .SQLITE_BUSY, .SQLITE_LOCKED:
                .busy("The database “\(path)” stays locked by another program: try again, or end that program.")
            default: .statement(statement, code: "\(error.extendedResultCode.rawValue)", message: message)
            }
    }
}
