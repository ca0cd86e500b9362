import FoundationEssentials

/// Brings a database to the schema that this program knows.
///
/// Every migration runs in a transaction of its own, under a lock, and is recorded in that transaction: a program that
/// dies in between is continued by the next one, and two that start at once don't run one twice.
package struct Migrator: Sendable {
    private let rooms: [(room: String, migrations: [Migration])]

    /// `rooms` in the order in which they depend on each other; the migrations of one sorted by name.
    package init(_ rooms: [(room: String, migrations: [Migration])]) {
        for (room, migrations) in rooms {
            let names = migrations.map(\.name)
            precondition(Set(names).count == names.count && names == names.sorted(), "\(room): sort the migrations")
        }
        self.rooms = rooms
    }

    /// Runs what is missing and returns it: `store: M0001 first tables`.
    ///
    /// Throws `SQLError.schema` when the database is newer than this program, or a migration fails; the migrations
    /// before it stay.
    package func migrate(_ database: any Database) async throws -> [String] {
        try await database.transaction { connection in
            try lock(connection)
            try connection.run(
                """
                CREATE TABLE IF NOT EXISTS schema_migration (
                    room TEXT NOT NULL,
                    name TEXT NOT NULL,
                    applied_at BIGINT NOT NULL,
                    PRIMARY KEY (room, name)
                )
                """
            )
        }
        var names: [String] = []
        while let name = try await database.transaction(runNext) { names.append(name) }
        return names
    }

    /// What `migrate` would run; changes nothing.
    package func pending(_ database: any Database) async throws -> [String] {
        try await database.read { connection in
            try missing(from: connection).map { Self.title($0.room, $0.migration.name) }
        }
    }

    /// One at a time: what is missing is asked again under the lock, since another program may have run it.
    private func runNext(_ connection: any Connection) throws -> String? {
        try lock(connection)
        guard let (room, migration) = try missing(from: connection).first else { return nil }
        do {
            for statement in migration.statements { try connection.run(Statement(stringLiteral: statement)) }
        } catch {
            throw SQLError.schema(
                "The change “\(migration.name)” of “\(room)” failed and was undone: \(error) "
                    + "The database can still be used by the version that used it before."
            )
        }
        let now = Int(Date().timeIntervalSince1970 * 1000)
        try connection.run(
            "INSERT INTO schema_migration (room, name, applied_at) VALUES (\(room), \(migration.name), \(now))"
        )
        return Self.title(room, migration.name)
    }

    private func missing(from connection: any Connection) throws -> [(room: String, migration: Migration)] {
        var missing: [(room: String, migration: Migration)] = []
        let hasTable = try connection.hasTable("schema_migration")
        for (room, migrations) in rooms {
            let applied =
                hasTable
                ? try connection.rows("SELECT name FROM schema_migration WHERE room = \(room) ORDER BY name")
                    .map { try $0.text("name") }
                : []
            let known = migrations.map(\.name)
            if let unknown = applied.first(where: { !known.contains($0) }) {
                throw SQLError.schema(
                    "The database was made by a newer version of this program: “\(room)” has the change “\(unknown)”, "
                        + "which this version does not know. Start that version, or restore a backup made before it."
                )
            }
            guard Array(known.prefix(applied.count)) == applied else {
                let gap = known.first { !applied.contains($0) } ?? ""
                throw SQLError.schema(
                    "The database was made by another line of this program: “\(room)” lacks the change “\(gap)” but has "
                        + "later ones. Start the version that made it, or restore a backup."
                )
            }
            missing += migrations.dropFirst(applied.count).map { (room, $0) }
        }
        return missing
    }

    /// Keeps other programs from migrating until the transaction ends.
    private func lock(_ connection: any Connection) throws {
        switch connection.engine {
        case .sqlite: break  // Only one program at a time has a writing transaction.
        case .postgres: _ = try connection.rows("SELECT pg_advisory_xact_lock(7236833)")
        }
    }

    private static func title(_ room: String, _ name: String) -> String { "\(room): \(name)" }
}

extension Connection {
    fileprivate func hasTable(_ name: String) throws -> Bool {
        switch engine {
        case .sqlite: try row("SELECT 1 AS found FROM sqlite_master WHERE type = 'table' AND name = \(name)") != nil
        case .postgres: try row("SELECT 1 AS found WHERE to_regclass(\(name)) IS NOT NULL") != nil
        }
    }
}
