import FoundationEssentials
package import SQL

/// How far an import has come.
package struct ImportPosition: Hashable, Sendable {
    /// Of the file that is imported.
    package let digest: String
    /// Where the first line begins that is not in the database yet.
    package let nextByte: Int

    package init(digest: String, nextByte: Int) {
        self.digest = digest
        self.nextByte = nextByte
    }
}

extension Connection {
    /// nil unless an import was begun and is not done.
    package func importPosition() throws -> ImportPosition? {
        try row("SELECT digest, next_byte FROM import_position").map { row in
            ImportPosition(digest: try row.text("digest"), nextByte: try row.int("next_byte"))
        }
    }

    /// Begins an import.
    ///
    /// The history's indexes are taken away: to make them at the end, sorted, costs a fraction of putting every row into
    /// its place.
    package func begin(_ position: ImportPosition) throws {
        let indexes = try historyIndexes()
        try run(
            """
            INSERT INTO import_position (id, digest, next_byte, indexes)
            VALUES (1, \(position.digest), \(position.nextByte), \(try jsonText(indexes.map(\.definition))))
            """
        )
        for index in indexes { try run(Statement(stringLiteral: "DROP INDEX \(index.name)")) }
    }

    /// False when the import is somewhere else by now: another program goes on with it.
    package func move(_ position: ImportPosition, to nextByte: Int) throws -> Bool {
        try run(
            """
            UPDATE import_position SET next_byte = \(nextByte)
             WHERE digest = \(position.digest) AND next_byte = \(position.nextByte)
            """
        ) > 0
    }

    /// Makes the indexes again that `begin` took away.
    package func restoreIndexes() throws {
        guard let row = try row("SELECT indexes FROM import_position") else { return }
        for definition in try row.json("indexes", as: [String].self) { try run(Statement(stringLiteral: definition)) }
        try run("UPDATE import_position SET indexes = '[]'")
    }

    /// The import is done.
    package func deleteImportPosition() throws { try run("DELETE FROM import_position") }

    /// Those that keep nothing from being stored twice, with the statements that make them.
    private func historyIndexes() throws -> [(name: String, definition: String)] {
        let rows =
            switch engine {
            case .sqlite:
                try rows(
                    """
                    SELECT name, sql AS definition FROM sqlite_master
                     WHERE type = 'index' AND tbl_name = 'history_run' AND sql IS NOT NULL ORDER BY name
                    """
                )
            case .postgres:
                // “ONLY” would leave out the tables of the quarters.
                try rows(
                    """
                    SELECT indexrelid::regclass::text AS name,
                           replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') AS definition
                      FROM pg_index WHERE indrelid = to_regclass('history_run') AND NOT indisunique ORDER BY 1
                    """
                )
            }
        return try rows.map { (try $0.text("name"), try $0.text("definition")) }
    }
}
