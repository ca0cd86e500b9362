/// What went wrong with the database, in words for an operator.
///
/// Holds no bound values.
package enum SQLError: Error, Hashable {
    /// The engine refused a statement. `code` is SQLite's extended result code or PostgreSQL's SQLSTATE.
    case statement(String, code: String, message: String)
    /// A unique, foreign-key or check constraint was violated.
    case constraint(String, message: String)
    /// A column is missing or has another type than the code expects.
    case column(String, String)
    /// The database cannot be opened; the text says which and why.
    case open(String)
    /// The database could not be had in time: locked by another program, or every connection in use.
    case busy(String)
    /// Every connection is in use, here or on the server; the text says what to set.
    case crowded(String)
    /// There is no room left on the disk. Nothing of the transaction was kept; it works again when there is room.
    case full(String)
    /// The file may be read but not written; the text says what to do.
    case readOnly(String)
    /// The file was replaced under the program, or its disk fails; the text says what to do.
    case unusable(String)
    /// The file is damaged or no database; the text says how. A backup is the way back.
    case damaged(String)
    /// The schema is not one that this program can use; the text says what to do.
    case schema(String)
    case closed
    /// The server of the database can't be reached, or the connection to it was cut. Nothing of the transaction was kept.
    case unreachable(String)
    /// The connection was cut while the transaction was being committed: nobody knows whether it was.
    case uncertain(String)
}

extension SQLError {
    /// Whether it is about the database as a whole, and not about one statement.
    var isOfFile: Bool {
        switch self {
        case .open, .busy, .crowded, .full, .readOnly, .unusable, .damaged, .unreachable, .uncertain: true
        case .statement, .constraint, .column, .schema, .closed: false
        }
    }
}

extension SQLError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .statement(let text, let code, let message):
            "The database refused a statement (\(code)): \(message). Statement: \(Self.line(text))"
        case .constraint(let text, let message):
            "A rule of the database was violated: \(message). Statement: \(Self.line(text))"
        case .column(let name, let problem): "The column “\(name)” \(problem)."
        case .open(let why), .busy(let why), .crowded(let why), .full(let why), .readOnly(let why), .unusable(let why),
            .damaged(let why), .schema(let why), .unreachable(let why), .uncertain(let why):
            why
        case .closed: "The database is closed."
        }
    }

    /// On one line, in quotes, cut where it is long.
    static func line(_ statement: String) -> String {
        "“\(statement.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(200))”."
    }
}
