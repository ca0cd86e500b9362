import SQL

extension ScratchDatabase {
    /// Restores a dump of one schema into it, gives that schema the name `schemaName`, and says what is there.
    ///
    /// `weights` is what each table weighs, where it is known.
    func fill(
        from file: DumpFile,
        schemaName: String,
        weights: [String: Int]? = nil,
        progress: @escaping @Sendable (Double) -> Void
    ) async throws -> PostgresContents {
        try await use { connection in
            // A new database has the schema “public”, and so has a dump of it.
            for schema in file.schemas {
                try await connection.run("DROP SCHEMA IF EXISTS \(schema.asIdentifier)")
            }
        }
        try await file.restore(into: address, weights: weights, progress: progress)
        return try await use { connection in
            if let found = try await Self.ownSchema(connection), found != schemaName {
                try await connection.run(
                    "DROP SCHEMA IF EXISTS \(schemaName.asIdentifier)",
                    "ALTER SCHEMA \(found.asIdentifier) RENAME TO \(schemaName.asIdentifier)"
                )
            }
            try await connection.run(
                "CREATE SCHEMA IF NOT EXISTS \(schemaName.asIdentifier)",
                "SET search_path = \(schemaName.asIdentifier)"
            )
            try await Self.examine(schemaName, connection)
            return try await connection.perform { try PostgresContents($0) }
        }
    }

    /// Has the server look how much is in each table: the first questions to large ones would be answered by guesswork.
    ///
    /// ANALYZE without names also looks at the tables that all databases of a server share, each of which one at a time
    /// may do: backups of two databases would wait for each other in turns, and one be ended.
    private static func examine(_ schemaName: String, _ connection: PostgresOwnConnection) async throws {
        let tables = try await connection.perform { connection in
            try connection.rows(
                """
                SELECT c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = \(schemaName) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                """
            ).map { try $0.text("name") }
        }
        for table in tables {
            try await connection.run("ANALYZE \(schemaName.asIdentifier).\(table.asIdentifier)")
        }
    }

    /// The schema in which this program keeps its tables; nil when there is none.
    private static func ownSchema(_ connection: PostgresOwnConnection) async throws -> String? {
        try await connection.perform { connection in
            try connection.row(
                """
                SELECT n.nspname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relname = 'schema_migration' AND c.relkind = 'r'
                """
            )?.text("name")
        }
    }

    private func use<T: Sendable>(_ work: (PostgresOwnConnection) async throws -> T) async throws -> T {
        let connection = try await PostgresOwnConnection(address)
        do {
            let result = try await work(connection)
            await connection.close()
            return result
        } catch {
            await connection.close()
            throw error
        }
    }
}
