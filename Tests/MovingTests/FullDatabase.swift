import Model
import Moving
import Queue
import SQL
import Store
import TestSupport

/// A database of this program for one test.
enum FullDatabase {
    static let rooms = [
        (room: StoreSchema.room, migrations: StoreSchema.migrations),
        (room: QueueSchema.room, migrations: QueueSchema.migrations),
    ]
    static let start = Timestamp(milliseconds: 1_795_435_200_000)
    /// All that an engine could mistake for something else.
    static let hardText = "“Größe M”\\n\n\t\u{1}\u{7f}\u{2028}\"'\\ 🛒 $1 ? {}[]"

    static func with<T>(_ engine: Engine, _ body: (any Database) async throws -> T) async throws -> T {
        try await TestDatabase.with(engine, rooms: rooms) { try await body($0.database) }
    }

    /// One row in each table that is moved, with something in every column, and one with as little as is allowed.
    static func fill(_ database: any Database) async throws {
        try await database.transaction { connection in
            for table in StoreSchema.moved {
                let known = try SchemaColumn.all(of: table.name, connection)
                for isFull in [true, false] {
                    let row = table.columns.enumerated().compactMap { place, column -> (String, any Bindable)? in
                        let isNeeded = known.first { $0.name == column.name }?.isNeeded ?? true
                        return isFull || isNeeded
                            ? (column.name, value(of: column, at: place, in: table.name, isFull)) : nil
                    }
                    let names = Statement(stringLiteral: row.map(\.0).joined(separator: ", "))
                    let head = Statement(stringLiteral: "INSERT INTO \(table.name)")
                    try connection.run("\(head) (\(names)) VALUES \(rowsOf: [row.map(\.1)])")
                }
            }
        }
    }

    /// `count` runs of the listing that `fill` made.
    static func addRuns(_ count: Int, to database: any Database) async throws {
        for start in stride(from: 0, to: count, by: 500) {
            try await database.transaction { connection in
                for number in start..<min(start + 500, count) {
                    try connection.insert(run(number))
                }
            }
        }
    }

    private static func run(_ number: Int) -> HistoryRun {
        let moment = start + .minutes(number)
        return HistoryRun(
            id: .make(at: moment),
            listing: ID("listing-a"),
            from: moment,
            to: moment + .seconds(30),
            checks: 1 + number % 7,
            price: Currency(code: "EUR").map { Money(minor: 1999 + number % 100, currency: $0) },
            listPrice: nil,
            availability: .inStock,
            standing: .accepted,
            strategy: "json-ld",
            confidence: Double(number) / 7,
            evidence: [],
            doubt: nil
        )
    }

    private static func value(
        of column: MovedTable.Column,
        at place: Int,
        in table: String,
        _ isFull: Bool
    ) -> any Bindable {
        let suffix = isFull ? "a" : "b"
        switch column.name {
        case "owner_id", "account_id": return "account-\(suffix)"
        case "product_id", "listing_id", "channel_id": return "\(column.name.dropLast(3))-\(suffix)"
        case "options": return #"{"größe":"M","to":"a@b.example","url":"secret \\ “x”"}"#
        default: break
        }
        switch column.kind {
        case .integer: return isFull ? Int.max - place : Int.min + place
        case .real: return isFull ? 0.1 + 0.2 : Double.leastNonzeroMagnitude
        case .text where place == 0: return "\(table)-\(suffix)"
        case .text: return isFull ? "\(column.name) \(hardText)" : "\(column.name)-\(suffix)"
        }
    }
}

/// A column as the engine knows it.
struct SchemaColumn: Hashable {
    let name: String
    /// `TEXT`, `BIGINT`, `DOUBLE PRECISION`.
    let type: String
    /// Neither null nor left to a default.
    let isNeeded: Bool

    static func tables(_ connection: any Connection) throws -> Set<String> {
        let rows =
            switch connection.engine {
            case .sqlite:
                try connection.rows(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
                )
            case .postgres:
                // What a table is divided into is a part of it.
                try connection.rows(
                    """
                    SELECT relname::text AS name FROM pg_class
                     WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
                    """
                )
            }
        return Set(try rows.map { try $0.text("name") })
    }

    /// What makes each index that is not a table's own.
    static func indexes(_ connection: any Connection) throws -> Set<String> {
        let rows =
            switch connection.engine {
            case .sqlite:
                try connection.rows("SELECT sql AS text FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
            case .postgres:
                // The quarters that an import makes have indexes of their own.
                try connection.rows(
                    """
                    SELECT pg_get_indexdef(indexrelid) || ' ' || indisvalid AS text FROM pg_index
                      JOIN pg_class ON pg_class.oid = indrelid
                     WHERE relnamespace = current_schema()::regnamespace AND NOT relispartition
                    """
                )
            }
        return Set(try rows.map { try $0.text("text") })
    }

    static func all(of table: String, _ connection: any Connection) throws -> [SchemaColumn] {
        let rows =
            switch connection.engine {
            case .sqlite:
                try connection.rows(
                    """
                    SELECT name, type, "notnull" AS needed, dflt_value IS NOT NULL AS has_default
                      FROM pragma_table_info(\(table))
                    """
                )
            case .postgres:
                try connection.rows(
                    """
                    SELECT column_name::text AS name, upper(data_type)::text AS type,
                           CASE WHEN is_nullable = 'NO' THEN 1 ELSE 0 END AS needed,
                           CASE WHEN column_default IS NOT NULL THEN 1 ELSE 0 END AS has_default
                      FROM information_schema.columns
                     WHERE table_schema = current_schema() AND table_name = \(table) ORDER BY ordinal_position
                    """
                )
            }
        return try rows.map { row in
            let isNeeded = try row.bool("needed") && !row.bool("has_default")
            return SchemaColumn(name: try row.text("name"), type: try row.text("type"), isNeeded: isNeeded)
        }
    }
}
