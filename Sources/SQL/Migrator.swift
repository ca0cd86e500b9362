/// Brings a database to the schema that this program knows.
///
/// Every migration runs in a transaction of its own and is recorded in that transaction, while other programs wait: a
/// program that dies in between is continued by the next one, and two that start at once don't run one twice.
package struct Migrator: Sendable {
    /// A version older than every limit that a migration sets; for tests of what has nothing to do with versions.
    package static let noVersion = "0.0.0"

    private let rooms: [(room: String, migrations: [Migration])]
    private let program: ProgramVersion

    /// `rooms` in the order in which they depend on each other; the migrations of one sorted by name.
    package init(_ rooms: [(room: String, migrations: [Migration])], program: String = noVersion) {
        for (room, migrations) in rooms {
            let names = migrations.map(\.name)
            precondition(Set(names).count == names.count && names == names.sorted(), "\(room): sort the migrations")
            let limits = migrations.compactMap(\.oldestUsable)
            precondition(limits.allSatisfy { ProgramVersion($0) != nil }, "\(room): oldestUsable must be a version")
        }
        guard let version = ProgramVersion(program) else { preconditionFailure("“\(program)” is no version") }
        self.rooms = rooms
        self.program = version
    }

    /// Runs what is missing and returns it: `store: M0001 first tables`.
    ///
    /// `before` is called once with the schema as it was and what will be run, when nothing was changed yet and other
    /// programs already wait; what it throws stops everything. Waits up to `patience` for another program that changes
    /// the schema. Throws `SQLError.schema` when the database is for newer programs only, or a migration fails; the
    /// migrations before it stay.
    package func migrate(
        _ database: any Database,
        patience: Duration = .seconds(600),
        before: @Sendable (SchemaState, [String]) async throws -> Void = { _, _ in }
    ) async throws -> [String] {
        guard try await !pending(database).isEmpty else { return [] }
        return try await database.alone(upTo: patience) { try await runMissing(database, before: before) }
    }

    private func runMissing(
        _ database: any Database,
        before: @Sendable (SchemaState, [String]) async throws -> Void
    ) async throws -> [String] {
        // Asked again: another program may have run them while this one waited.
        let state = try await database.read { try SchemaState($0) }
        let missing = try missing(from: state, of: database.name)
        guard !missing.isEmpty else { return [] }
        try await before(state, missing.map { Self.title($0.room, $0.migration.name) })
        try await database.transaction(.locking) { try prepare($0) }
        var names: [String] = []
        while let name = try await database.transaction(.locking, { try runNext($0, of: database.name) }) {
            names.append(name)
        }
        return names
    }

    /// What `migrate` would run; changes nothing.
    package func pending(_ database: any Database) async throws -> [String] {
        try await database.read { connection in
            try missing(from: SchemaState(connection), of: database.name).map { Self.title($0.room, $0.migration.name) }
        }
    }

    /// Throws `SQLError.schema` when this program can't use a database in that state; `name` is what people call it.
    package func check(_ state: SchemaState, of name: String) throws(SQLError) {
        _ = try missing(from: state, of: name)
    }

    /// The table of 0.1 had no columns for versions.
    ///
    /// Its rows keep NULL there: what 0.1 ran, every version may use.
    private func prepare(_ connection: any Connection) throws {
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
        for column in ["program", "oldest_usable"] where try !connection.hasColumn(column, in: SchemaState.table) {
            try connection.run(Statement(stringLiteral: "ALTER TABLE schema_migration ADD COLUMN \(column) TEXT"))
        }
    }

    /// One at a time: what is missing is asked again under the lock, since another program may have run it.
    private func runNext(_ connection: any Connection, of database: String) throws -> String? {
        try lock(connection)
        try connection.takeTime()
        guard let (room, migration) = try missing(from: SchemaState(connection), of: database).first else { return nil }
        do {
            try connection.run(all: migration.statements(for: connection.engine))
        } catch {
            throw SQLError.schema(
                "The change “\(migration.name)” of “\(room)” failed and was undone: \(error) "
                    + "The database can still be used by the version that used it before."
            )
        }
        try connection.run(
            """
            INSERT INTO schema_migration (room, name, applied_at, program, oldest_usable)
            VALUES (
                \(room), \(migration.name), \(try connection.clockMilliseconds()), \(program.description),
                \(migration.oldestUsable)
            )
            """
        )
        return Self.title(room, migration.name)
    }

    /// Migrations that this program does not know are no hindrance as long as none of them shuts it out.
    private func missing(
        from state: SchemaState,
        of database: String
    ) throws(SQLError) -> [(room: String, migration: Migration)] {
        if let refusal = state.refusal(of: program, name: database) { throw .schema(refusal) }
        var missing: [(room: String, migration: Migration)] = []
        for (room, migrations) in rooms {
            let applied = state.names(of: room)
            let new = migrations.drop { applied.contains($0.name) }
            let isOrdered = new.allSatisfy { !applied.contains($0.name) }
            let isBehind = !new.isEmpty && applied.contains { name in !migrations.contains { $0.name == name } }
            guard isOrdered, !isBehind else {
                throw .schema(
                    "The database “\(database)” was made by another line of this program: “\(room)” lacks the change "
                        + "“\(new.first?.name ?? "")” but has later ones. Start the version that made it, or restore a "
                        + "backup."
                )
            }
            missing += new.map { (room, $0) }
        }
        return missing
    }

    /// Keeps programs that don't ask to be alone from writing until the transaction ends.
    private func lock(_ connection: any Connection) throws { try connection.lock("schema_migration") }

    private static func title(_ room: String, _ name: String) -> String { "\(room): \(name)" }
}
