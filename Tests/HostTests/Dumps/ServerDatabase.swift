import FoundationEssentials
import SQL
import TestSupport

@testable import Host

/// A database of its own on the tests' server, with everything that a restore makes of it; gone when the test ends.
struct ServerDatabase: Sendable {
    let name: String

    /// Lends one that is empty to `body`.
    static func with<T>(_ body: (ServerDatabase) async throws -> T) async throws -> T {
        let database = ServerDatabase(
            name: "test_dump_\(UUID().uuidString.lowercased().replacing("-", with: "").prefix(12))"
        )
        try await database.onServer("CREATE DATABASE \(database.name)")
        do {
            let result = try await body(database)
            try await database.removeAll()
            return result
        } catch {
            try await database.removeAll()
            throw error
        }
    }

    /// For database.url; `schema` is looked at in place of “public”.
    func url(user: String? = nil, schema: String? = nil) throws -> String {
        let server = try TestPostgres.url
        let end = server.lastIndex(of: "/") ?? server.endIndex
        var start = String(server[..<end])
        if let user, let at = start.lastIndex(of: "@") { start = "postgres://\(user)\(start[at...])" }
        return "\(start)/\(name)\(schema.map { "?options=-csearch_path%3D\($0)" } ?? "")"
    }

    func address(_ name: String? = nil, schema: String? = nil) throws -> PostgresAddress {
        let own = try PostgresAddress(url(schema: schema))
        return name.map { own.with(database: $0) } ?? own
    }

    /// The password that the tests' server was given.
    static var password: String {
        get throws {
            let start = try TestPostgres.url.split(separator: "@").first ?? ""
            return start.split(separator: ":").last.map(String.init) ?? ""
        }
    }

    /// Where the program keeps everything but the database.
    func environment(path: String? = nil) throws -> [String: String] {
        ["HOST_DATABASE_URL": try url()].merging(path.map { ["PATH": $0] } ?? [:]) { _, new in new }
    }

    /// Brings it to this program's schema, with one account for each name.
    func fill(_ accounts: String..., schema: String? = nil) async throws {
        let database = PostgresDatabase(try address(schema: schema), logger: .quiet)
        _ = try await Storage.migrator.migrate(database)
        try await database.transaction { connection in
            for account in accounts {
                try connection.run("INSERT INTO account VALUES (\(account), \(account), 'hash', 1)")
            }
        }
        await database.close()
    }

    /// Gives the accounts 300 kB that do not compress to nothing.
    func makeLarge() async throws {
        let connection = try await PostgresOwnConnection(try address())
        try await connection.run(
            """
            UPDATE account SET password =
                (SELECT string_agg(md5(number::text), '') FROM generate_series(1, 10000) AS number)
            """
        )
        await connection.close()
    }

    /// The accounts' names, of this database or another.
    func accounts(in other: String? = nil, schema: String? = nil) async throws -> [String] {
        let connection = try await PostgresOwnConnection(try address(other, schema: schema))
        let names = try await connection.perform { connection in
            try connection.rows("SELECT id FROM account ORDER BY id").map { try $0.text("id") }
        }
        await connection.close()
        return names
    }

    /// The databases that were made of it, sorted: scratch ones and those that were replaced.
    func relatives() async throws -> [String] {
        let start = "\(name)_"
        return try await withServer { server in
            try await server.perform { connection in
                try connection.rows("SELECT datname::text AS name FROM pg_database ORDER BY name")
                    .map { try $0.text("name") }.filter { $0.hasPrefix(start) }
            }
        }
    }

    /// Waits until no process uses the scratch database.
    func waitUntilUnused(_ scratch: String) async throws {
        try await withServer { server in
            try await server.perform { connection in
                _ = try connection.row("SELECT 1 AS one FROM pg_advisory_lock(hashtextextended(\(scratch), 0))")
            }
        }
    }

    func onServer(_ statement: String) async throws { try await withServer { try await $0.run(statement) } }

    private func removeAll() async throws {
        for relative in try await relatives() + [name] {
            try await onServer("DROP DATABASE IF EXISTS \(relative) WITH (FORCE)")
        }
    }

    private func withServer<T: Sendable>(_ body: (PostgresOwnConnection) async throws -> T) async throws -> T {
        let server = try await PostgresOwnConnection(try address("postgres"))
        do {
            let result = try await body(server)
            await server.close()
            return result
        } catch {
            await server.close()
            throw error
        }
    }
}
