import FoundationEssentials
import SQL

/// Puts a dump in the place of a PostgreSQL database that nobody uses.
struct PostgresRestore: Sendable {
    /// What was done.
    struct Result: Sendable {
        let backup: BackupReport
        /// The database that the former one is now; nil when there was none.
        let kept: String?
    }

    private let path: String
    private let address: PostgresAddress
    private let programs: PostgresPrograms

    init(of path: String, to address: PostgresAddress, programs: PostgresPrograms = PostgresPrograms()) {
        self.path = path
        self.address = address
        self.programs = programs
    }

    /// Restores the dump into a database of its own, examines that and gives it the name of the present one.
    ///
    /// `check` sees what was restored before the present database is touched, and may throw. Whenever the process dies,
    /// either the former database has the name or the restored one; the former one is kept under another. Throws
    /// `SQLError.busy` when anybody is connected to the database, `.damaged` when the dump is.
    func run(
        check: @Sendable (BackupReport) throws -> Void,
        progress: @escaping @Sendable (BackupProgress) -> Void = { _ in }
    ) async throws -> Result {
        guard address.database != ScratchDatabase.meetingPlace else {
            throw Failure(
                .failed,
                "The database “\(address.database)” is the server's own and can't be replaced. Make one for this program "
                    + "with “createdb prices” and name it in database.url."
            )
        }
        let server = try await PostgresOwnConnection(address.with(database: ScratchDatabase.meetingPlace))
        do {
            let result = try await restore(on: server, check, progress)
            await server.close()
            return result
        } catch {
            await server.close()
            guard let refused = error as? ScratchDatabase.Refused else { throw error }
            throw Failure(.failed, "A backup is restored into a new database. \(refused.why)")
        }
    }

    private func restore(
        on server: PostgresOwnConnection,
        _ check: (BackupReport) throws -> Void,
        _ progress: @escaping @Sendable (BackupProgress) -> Void
    ) async throws -> Result {
        let reader = try await programs.program("pg_restore", forServer: await server.serverMajor)
        let file = try await DumpFile(path, reader: reader)
        let databases = try await databases(server)
        let isThere = databases.contains(address.database)
        if isThere { try await checkIdle(server) }
        let schemaName = try await schemaName(isThere ? address : server.address, isOnlyOne: isThere)
        let scratch = try await ScratchDatabase.make(for: address, on: server)
        do {
            let contents = try await scratch.fill(from: file, schemaName: schemaName) {
                progress(BackupProgress(phase: .copying, part: $0))
            }
            let report = BackupReport(path: path, bytes: bytes, schema: contents.state, tables: contents.tables)
            try check(report)
            let kept = isThere ? keptName(databases) : nil
            try await scratch.takePlace(of: address.database, keptAs: kept)
            return Result(backup: report, kept: kept)
        } catch {
            // Where that fails too, the next restore removes it; the first error says what matters.
            try? await scratch.remove()
            guard case SQLError.statement(_, code: "55006", _) = error else { throw error }
            throw inUse
        }
    }

    private var inUse: SQLError {
        .busy(
            "The database “\(address.name)” is in use. End the running program (all its roles), or whatever else is "
                + "connected to it, and try again."
        )
    }

    private var bytes: Int {
        // It was just read; where it went since, its length is of no use.
        let facts = try? FileManager.default.attributesOfItem(atPath: path)
        return facts?[.size] as? Int ?? 0
    }

    private func databases(_ server: PostgresOwnConnection) async throws -> Set<String> {
        try await server.perform { connection in
            Set(try connection.rows("SELECT datname::text AS name FROM pg_database").map { try $0.text("name") })
        }
    }

    /// Asked before the long work; the exchange of the names asks again.
    private func checkIdle(_ server: PostgresOwnConnection) async throws {
        let database = address.database
        let count = try await server.perform { connection in
            try connection.row(
                """
                SELECT COUNT(*) AS users FROM pg_stat_activity
                WHERE datname = \(database) AND backend_type = 'client backend'
                """
            )?.int("users")
        }
        guard count == 0 else { throw inUse }
    }

    /// The schema that the program uses there; throws when the database holds other things as well.
    private func schemaName(_ place: PostgresAddress, isOnlyOne: Bool) async throws -> String {
        let connection = try await PostgresOwnConnection(place)
        do {
            let (name, others) = try await connection.perform { connection in
                (try Self.usedSchema(connection), try Self.otherSchemas(connection))
            }
            await connection.close()
            guard !isOnlyOne || others.filter({ $0 != name }).isEmpty else {
                throw Failure(
                    .failed,
                    "The database “\(address.name)” also holds what is not of this program, in the schema "
                        + "“\(others.filter { $0 != name }.joined(separator: "”, “"))”, and restoring would take that out "
                        + "of its place too. Make a new database with “createdb”, name that in database.url, and restore "
                        + "there."
                )
            }
            return name
        } catch {
            await connection.close()
            throw error
        }
    }

    private static func usedSchema(_ connection: any Connection) throws -> String {
        let row = try connection.row(
            "SELECT current_schema()::text AS name, current_setting('search_path') AS wanted"
        )
        if let name = try row?.optionalText("name") { return name }
        // None of those that are wanted is there yet.
        let wanted = try row?.text("wanted").split(separator: ",").map { $0.filter { !" \"".contains($0) } } ?? []
        return wanted.first { $0 != "$user" } ?? "public"
    }

    /// Where there are tables or views of anybody.
    private static func otherSchemas(_ connection: any Connection) throws -> [String] {
        try connection.rows(
            """
            SELECT DISTINCT n.nspname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT LIKE 'pg\\_%'
                AND n.nspname <> 'information_schema'
                AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
            ORDER BY name
            """
        ).map { try $0.text("name") }
    }

    private func keptName(_ databases: Set<String>) -> String {
        var base = address.database[...]
        while base.utf8.count > 30 { base = base.dropLast() }
        let first = "\(base)_replaced_\(BackupShelf.stamp(Date()).lowercased())"
        var (name, count) = (first, 1)
        while databases.contains(name) {
            count += 1
            name = "\(first)_\(count)"
        }
        return name
    }
}
