import CPostgres

/// What went wrong between us and a PostgreSQL server, before anybody knows what it means for a transaction.
enum PostgresFailure: Error, Hashable {
    /// The connection can't be used any more; nobody knows what became of the last statements.
    case lost(String)
    /// The server refused a statement and said why. The connection is fine.
    case refused(PostgresRefusal)

    /// Whether a connection could not be had because of the server, which may change by itself.
    var isOfServer: Bool {
        switch self {
        case .lost: true
        case .refused(let refusal): refusal.endsConnection || refusal.mayPass
        }
    }

    /// Why the connection ended; nil when it did not, so that the server's answer stands.
    ///
    /// A server that is stopped says so, but not whether it did before what it was asked for.
    var endOfConnection: String? {
        switch self {
        case .lost(let why): why
        case .refused(let refusal): refusal.endsConnection ? refusal.message : nil
        }
    }
}

/// A server's refusal, without the parts that may hold values.
struct PostgresRefusal: Hashable {
    /// SQLSTATE, five characters.
    let code: String
    let message: String
    /// The statement's text, with `$1` for values.
    let statement: String
    /// Whether it is about getting in, so that there is no statement.
    var isOfEntry = false

    /// Tried once more, the transaction may succeed.
    var isWorthRetrying: Bool {
        switch code {
        // Serialization failure, deadlock, and a row that another transaction made between our look and our insert.
        case "40001", "40P01", "23505": true
        // A table got a column since the statement was prepared.
        case "0A000": message.contains("cached plan")
        // A statement that this connection no longer knows, as behind a pooler that forgot it.
        case "26000": true
        default: false
        }
    }

    /// The prepared statements of the connection are of no use any more.
    var makesPreparedStale: Bool { code == "26000" || code == "0A000" }

    /// Waiting may help somebody who was not let in.
    var mayPass: Bool { isOfEntry && entryRemedy(in: "") == nil }

    /// The server ends the connection, or is about to.
    var endsConnection: Bool { ["57P01", "57P02", "57P03", "57P05", "08P01"].contains(code) }
}

extension PostgresFailure {
    /// What libpq said, at its most verbose, of a connection that could not be made.
    ///
    /// It may have tried several addresses; what a server answered counts more than that another was not there.
    init(connecting words: String) {
        let lines = words.split(whereSeparator: \.isNewline).map(String.init)
        for line in lines {
            guard let match = line.firstMatch(of: #/:  ([0-9A-Z]{5}): /#) else { continue }
            let message = line.replacing(":  \(match.1): ", with: ":  ")
            self = .refused(
                PostgresRefusal(code: String(match.1), message: message.trimmedLine, statement: "", isOfEntry: true)
            )
            return
        }
        let line = words.trimmedLine
        self = .lost(line.isEmpty ? "the connection was cut" : line)
    }
}

extension PostgresRefusal {
    init(_ result: OpaquePointer, statement: String) {
        let code = Self.field(result, CPOSTGRES_SQLSTATE) ?? "?????"
        self.code = code
        let primary = Self.field(result, CPOSTGRES_MESSAGE) ?? String(cString: PQresultErrorMessage(result))
        // Errors about data quote the data.
        message = code.hasPrefix("22") ? Self.unquoted(primary) : primary
        self.statement = statement
    }

    private static func field(_ result: OpaquePointer, _ code: CInt) -> String? {
        PQresultErrorField(result, code).map { String(cString: $0) }
    }

    private static func unquoted(_ message: String) -> String {
        message.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .map { $0.offset.isMultiple(of: 2) ? String($0.element) : "…" }.joined(separator: "\"")
    }
}

extension PostgresRefusal {
    /// Nothing where there was no statement, as at a commit.
    fileprivate var statementWords: String { statement.isEmpty ? "" : " Statement: \(SQLError.line(statement))" }
}

extension SQLError {
    init(_ failure: PostgresFailure, database: String) {
        switch failure {
        case .lost(let why):
            self = .unreachable(
                "The database server of “\(database)” can't be reached: \(why). Check that it runs and that this machine "
                    + "may connect to it."
            )
        case .refused(let refusal): self.init(refusal, database: database)
        }
    }

    init(_ refusal: PostgresRefusal, database: String) {
        let message = refusal.message
        switch refusal.code {
        case "53300":
            self = .crowded(
                "The server of the database “\(database)” takes no more connections (53300): \(message). Set its "
                    + "max_connections higher, or the limit of the user or the database where there is one, or "
                    + "database.connections lower: each process has up to that many and two more."
            )
        case let code where code.hasPrefix("23"): self = .constraint(refusal.statement, message: message)
        case "40001", "40P01", "55P03":
            self = .busy(
                "The database “\(database)” is busy: others kept changing the same rows (\(refusal.code)). Try again."
                    + refusal.statementWords
            )
        case "57014":
            self = .busy(
                "The database “\(database)” took too long for a statement (57014), which was ended. Try again."
                    + refusal.statementWords
            )
        case "53100":
            self = .full("There is no room left on the disk of the database “\(database)” (53100): \(message).")
        case let code where code.hasPrefix("53"):
            self = .busy("The server of the database “\(database)” has no resources left (\(code)): \(message).")
        case "42501":
            self = .readOnly(
                "The database “\(database)” refuses its user (42501): \(message). Give the user the rights of the owner of "
                    + "its tables, or CREATE on the schema where they are missing."
            )
        case let code where code.hasPrefix("XX"):
            self = .damaged("The database “\(database)” is damaged (\(code)): \(message).")
        case let code where code.hasPrefix("58"):
            self = .unusable("The disk of the database “\(database)” fails (\(code)): \(message).")
        case let code where refusal.endsConnection:
            self = .unreachable("The database server of “\(database)” is stopping or starting (\(code)): \(message).")
        case let code where refusal.isOfEntry:
            self = .unreachable("The database server of “\(database)” lets nobody in (\(code)): \(message).")
        default: self = .statement(refusal.statement, code: refusal.code, message: message)
        }
    }
}
