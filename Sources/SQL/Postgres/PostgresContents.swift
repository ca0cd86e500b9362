/// What the schema that a connection uses holds at one moment.
package struct PostgresContents: Hashable, Sendable {
    /// The name of the schema.
    package let schemaName: String
    package let state: SchemaState
    /// By name.
    package let tables: [BackupReport.Table]
    /// What each table, or each part of a table in parts, takes on the server's disk without its indexes, in bytes, by
    /// its name.
    package let sizes: [String: Int]

    /// Counts every row: it takes as long as reading all of it.
    package init(_ connection: any Connection) throws {
        guard let name = try connection.row("SELECT current_schema()::text AS name")?.optionalText("name") else {
            throw SQLError.schema(
                "The database has no schema that this user sees: make one, or name another in database.url."
            )
        }
        schemaName = name
        state = try SchemaState(connection)
        let found = try connection.rows(
            """
            SELECT c.relname::text AS name, pg_table_size(c.oid) AS bytes, c.relispartition AS is_part
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = \(name) AND c.relkind IN ('r', 'p')
            ORDER BY c.relname COLLATE "C"
            """
        )
        tables = try found.filter { try !$0.bool("is_part") }.map { row in
            let table = try row.text("name")
            let place = "\(name.asIdentifier).\(table.asIdentifier)"
            let count = try connection.row(Statement(stringLiteral: "SELECT COUNT(*) AS rows FROM \(place)"))
            return BackupReport.Table(name: table, rows: try count?.int("rows") ?? 0)
        }
        sizes = try Dictionary(uniqueKeysWithValues: found.map { try ($0.text("name"), $0.int("bytes")) })
    }
}
