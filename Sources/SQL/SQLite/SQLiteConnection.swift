import FoundationEssentials
import GRDB
import GRDBSQLite

/// A GRDB connection, for as long as GRDB lends it.
struct SQLiteConnection: Connection {
    let database: GRDB.Database
    let path: String

    /// Statements with more values than this are prepared each time: lists of every length would fill the cache.
    private static let mostCachedValues = 64

    var engine: Engine { .sqlite }

    /// Columns are taken from the statement that runs: GRDB's rows know those of when it was prepared, and SQLite prepares
    /// it again by itself when another connection has changed the schema since.
    func rows(_ statement: Statement) throws -> [Row] {
        try perform(statement) { prepared in
            let cursor = try GRDB.Row.fetchCursor(prepared)
            let handle = prepared.sqliteStatement
            var columns: [String: Int]?
            var rows: [Row] = []
            while try cursor.next() != nil {
                let count = sqlite3_column_count(handle)
                let shared = columns ?? Self.places(in: handle, count: count)
                columns = shared
                var values: [Value] = []
                values.reserveCapacity(Int(count))
                for index in 0..<count { values.append(Value(handle, column: index)) }
                rows.append(Row(columns: shared, values: values))
            }
            return rows
        }
    }

    @discardableResult
    func run(_ statement: Statement) throws -> Int {
        try perform(statement) { prepared in
            let before = database.totalChangesCount
            try prepared.execute()
            // SQLite's own count is left over from an earlier statement when this one changes no rows by its nature.
            return database.totalChangesCount == before ? 0 : database.changesCount
        }
    }

    func runLater(_ statement: Statement) throws { try run(statement) }

    func rows(all statements: [Statement]) throws -> [[Row]] { try statements.map(rows) }

    @discardableResult
    func run(all statements: [Statement]) throws -> [Int] { try statements.map(run) }

    func takeTime() throws {}

    /// Other processes look into the file from time to time.
    func announce(_ subject: String) throws {}

    /// Only one transaction writes at a time.
    func lock(_ subject: String) throws {}

    private func perform<T>(_ statement: Statement, _ work: (GRDB.Statement) throws -> T) throws(SQLError) -> T {
        let text = statement.text { _ in "?" }
        do {
            let isCached = statement.values.count <= Self.mostCachedValues
            let prepared = try isCached ? database.cachedStatement(sql: text) : database.makeStatement(sql: text)
            try prepared.setArguments(StatementArguments(statement.values.map(\.databaseValue)))
            return try work(prepared)
        } catch let error as DatabaseError {
            throw SQLError(error, statement: text, path: path)
        } catch {
            throw .statement(text, code: "?", message: String(describing: error))
        }
    }

    private static func places(in handle: OpaquePointer, count: Int32) -> [String: Int] {
        let names = (0..<count).map { index in sqlite3_column_name(handle, index).map { String(cString: $0) } ?? "" }
        // Of two columns with one name the first counts.
        return Dictionary(zip(names, names.indices)) { first, _ in first }
    }
}

extension Value {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        }
    }

    /// What the statement's present row holds.
    fileprivate init(_ handle: OpaquePointer, column: Int32) {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: self = .integer(Int(sqlite3_column_int64(handle, column)))
        case SQLITE_FLOAT: self = .real(sqlite3_column_double(handle, column))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(handle, column)
            let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
            self = .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(handle, column)
            self = .blob(Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))))
        default: self = .null
        }
    }
}
