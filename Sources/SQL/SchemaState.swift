/// What a database says about its schema.
package struct SchemaState: Hashable, Sendable {
    /// How many migrations made it; 0 for a new database.
    package let number: Int
    /// The newest version that ran one; nil where it was one that did not write this down (0.1).
    package let program: ProgramVersion?
    /// The oldest version that may use the database; nil when every one may.
    package let oldestUsable: ProgramVersion?
    /// The names of the migrations by room, sorted.
    private let applied: [String: [String]]

    /// The table and its columns may be missing: 0.1 had no columns for versions, a new database has no table.
    package init(_ connection: any Connection) throws {
        guard try connection.hasTable(Self.table) else {
            (number, program, oldestUsable, applied) = (0, nil, nil, [:])
            return
        }
        let rows = try connection.rows("SELECT * FROM schema_migration ")
        number = rows.count
        program = try rows.compactMap { try Self.version($0, "program") }.max()
        oldestUsable = try rows.compactMap { try Self.version($0, "oldest_usable") }.max()
        applied = try Dictionary(grouping: rows) { try $0.text("room") }
            .mapValues { try $0.map { try $0.text("name") }.sorted() }
    }

    static let table = "schema_migration"

    /// The names of the migrations that were run in the room, sorted.
    func names(of room: String) -> [String] { applied[room] ?? [] }

    /// Whether anything was made by this room.
    package func knows(room: String) -> Bool { applied[room] != nil }

    /// Why `program` must not use the database called `name`; nil when it may.
    func refusal(of program: ProgramVersion, name: String) -> String? {
        guard let oldestUsable, program < oldestUsable else { return nil }
        let by = self.program.map { " by version \($0)" } ?? ""
        return
            "The database “\(name)” was brought to schema \(number)\(by) and can be used by version \(oldestUsable) or "
            + "later; this is version \(program). Start a newer version, or restore a backup made before the change."
    }

    private static func version(_ row: Row, _ column: String) throws -> ProgramVersion? {
        guard row[column] != nil, let text = try row.optionalText(column) else { return nil }
        guard let version = ProgramVersion(text) else { throw SQLError.column(column, "holds no version: “\(text)”") }
        return version
    }
}

extension Connection {
    func hasTable(_ name: String) throws -> Bool {
        switch engine {
        case .sqlite: try row("SELECT 1 AS found FROM sqlite_master WHERE type = 'table' AND name = \(name)") != nil
        case .postgres: try row("SELECT 1 AS found WHERE to_regclass(\(name)) IS NOT NULL") != nil
        }
    }

    func hasColumn(_ column: String, in table: String) throws -> Bool {
        switch engine {
        case .sqlite: try row("SELECT 1 AS found FROM pragma_table_info(\(table)) WHERE name = \(column)") != nil
        case .postgres:
            try row(
                """
                SELECT 1 AS found FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name = \(table) AND column_name = \(column)
                """
            ) != nil
        }
    }
}
