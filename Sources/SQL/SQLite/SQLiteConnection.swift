import FoundationEssentials
import GRDB

/// A GRDB connection, for as long as GRDB lends it.
struct SQLiteConnection: Connection {
    let database: GRDB.Database
    let path: String

    /// Statements with more values than this are prepared each time: lists of every length would fill the cache.
    private static let mostCachedValues = 64

    var engine: Engine { .sqlite }

    func rows(_ statement: Statement) throws -> [Row] {
        try perform(statement) { prepared in
            let cursor = try GRDB.Row.fetchCursor(prepared)
            let count = prepared.columnCount
            var columns: [String: Int]?
            var rows: [Row] = []
            while let row = try cursor.next() {
                let shared = columns ?? Self.places(of: prepared.columnNames)
                columns = shared
                var values: [Value] = []
                values.reserveCapacity(count)
                for index in 0..<count { values.append(Value(row[index] as DatabaseValue)) }
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

    private static func places(of names: [String]) -> [String: Int] {
        // Of two columns with one name the first counts.
        Dictionary(zip(names, names.indices)) { first, _ in first }
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

    fileprivate init(_ stored: DatabaseValue) {
        switch stored.storage {
        case .null: self = .null
        case .int64(let number): self = .integer(Int(number))
        case .double(let number): self = .real(number)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .blob(Array(data))
        }
    }
}
