import FoundationEssentials
import SQL

/// A database of our own on the server of another, gone when it is no longer needed, or put in the other's place.
///
/// While it is used, its name is locked on the server; what a program left that died is removed by the next one.
struct ScratchDatabase: Sendable {
    /// Why none can be made; a sentence.
    struct Refused: Error {
        let why: String
    }

    /// The way into it.
    let address: PostgresAddress
    private let server: PostgresOwnConnection

    /// The database that everybody may connect to, where the others are made.
    static let meetingPlace = "postgres"

    /// Makes one that is empty and orders texts as the database of `address` does; throws `Refused`.
    ///
    /// It uses `server`, which is connected to the meeting place, until it is removed.
    static func make(for address: PostgresAddress, on server: PostgresOwnConnection) async throws -> ScratchDatabase {
        let (mayCreate, user) = try await server.perform { connection in
            let row = try connection.row(
                """
                SELECT rolcreatedb OR rolsuper AS may, rolname::text AS name FROM pg_roles
                WHERE rolname = current_user
                """
            )
            return (try row?.bool("may") ?? false, try row?.text("name") ?? "")
        }
        guard mayCreate else {
            throw Refused(
                why: "The user “\(user)” may not make databases; “ALTER ROLE \(user.asIdentifier) CREATEDB” allows it."
            )
        }
        let start = start(of: address.database)
        try await removeStale(start, on: server)
        let name = "\(start)\(UUID().uuidString.prefix(8).lowercased())"
        guard try await lock(name, on: server) else { throw Refused(why: "Another program uses “\(name)”.") }
        let order = try await order(of: address.database, on: server)
        try await server.run("CREATE DATABASE \(name.asIdentifier) TEMPLATE template0\(order)")
        return ScratchDatabase(address: address.with(database: name), server: server)
    }

    func remove() async throws {
        try await server.run("DROP DATABASE IF EXISTS \(address.database.asIdentifier) WITH (FORCE)")
    }

    /// Gives it the name `database`, and to what has that name the name `kept`; both or neither.
    ///
    /// Throws `SQLError.busy` when anybody is connected to one of them.
    func takePlace(of database: String, keptAs kept: String?) async throws {
        let (own, place) = (address.database.asIdentifier, database.asIdentifier)
        do {
            if let kept {
                try await server.run(
                    "BEGIN",
                    "ALTER DATABASE \(place) RENAME TO \(kept.asIdentifier)",
                    "ALTER DATABASE \(own) RENAME TO \(place)",
                    "COMMIT"
                )
            } else {
                try await server.run("ALTER DATABASE \(own) RENAME TO \(place)")
            }
        } catch {
            // Where the connection was cut, the server has done so itself.
            if kept != nil { try? await server.run("ROLLBACK") }
            throw error
        }
    }

    /// What the names of all of them begin with; the server cuts names at 63 bytes.
    private static func start(of database: String) -> String {
        var base = database[...]
        while base.utf8.count > 40 { base = base.dropLast() }
        return "\(base)_scratch_"
    }

    private static func removeStale(_ start: String, on server: PostgresOwnConnection) async throws {
        let names = try await server.perform { connection in
            try connection.rows("SELECT datname::text AS name FROM pg_database").map { try $0.text("name") }
        }
        for name in names where name.hasPrefix(start) {
            let number = name.dropFirst(start.count)
            guard number.count == 8, number.allSatisfy(\.isHexDigit), try await lock(name, on: server) else { continue }
            // Of another user: it is not ours to remove.
            try? await server.run("DROP DATABASE IF EXISTS \(name.asIdentifier) WITH (FORCE)")
            try await unlock(name, on: server)
        }
    }

    private static func lock(_ name: String, on server: PostgresOwnConnection) async throws -> Bool {
        try await server.perform { connection in
            let row = try connection.row("SELECT pg_try_advisory_lock(hashtextextended(\(name), 0)) AS free")
            return try row?.bool("free") ?? false
        }
    }

    private static func unlock(_ name: String, on server: PostgresOwnConnection) async throws {
        try await server.perform { connection in
            _ = try connection.row("SELECT pg_advisory_unlock(hashtextextended(\(name), 0)) AS was")
        }
    }

    /// How the database orders texts, for CREATE DATABASE; as the server does where there is no such database.
    private static func order(of database: String, on server: PostgresOwnConnection) async throws -> String {
        try await server.perform { connection in
            let row = try connection.row(
                """
                SELECT pg_encoding_to_char(encoding)::text AS encoding, datcollate::text AS collate,
                    datctype::text AS ctype
                FROM pg_database WHERE datname = \(database)
                """
            )
            guard let row else { return "" }
            func quoted(_ column: String) throws -> String {
                "'\(try row.text(column).split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
            }
            return try " ENCODING \(quoted("encoding")) LC_COLLATE \(quoted("collate")) LC_CTYPE \(quoted("ctype"))"
        }
    }
}
