import FoundationEssentials
import Logging
package import SQL

/// The PostgreSQL server that the tests share; each has a schema of its own there.
package enum TestPostgres {
    /// Names what `scripts/postgres start` printed.
    private static let variable = "TEST_POSTGRES_URL"

    /// The address of the server's database.
    package static var url: String {
        get throws {
            guard let url = ProcessInfo.processInfo.environment[variable], !url.isEmpty else { throw NoServer() }
            return url
        }
    }

    /// An address at which only that schema is seen.
    package static func url(schema: String) throws -> String { "\(try url)?options=-csearch_path%3D\(schema)" }

    /// Makes a schema that nobody else uses; it goes with the server unless it is dropped.
    package static func makeSchema() async throws -> String {
        let name = "test_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
        try await run("CREATE SCHEMA \(name)")
        return name
    }

    package static func open(_ url: String, connections: Int) throws -> any Database {
        // Hundreds of tests are under way at a time.
        var settings = PostgresSettings()
        settings.connections = connections
        settings.patience = .seconds(120)
        return PostgresDatabase(try PostgresAddress(url), settings: settings, logger: .quiet)
    }

    /// Runs one statement on the server, outside of every test's schema.
    package static func run(_ statement: String) async throws {
        _ = try await database.get().transaction(.locking) { try $0.run(Statement(stringLiteral: statement)) }
    }

    /// For as long as the process lives.
    private static let database = Result<PostgresDatabase, any Error> {
        var settings = PostgresSettings()
        // Hundreds of tests begin at once, and each wants a schema.
        settings.patience = .seconds(240)
        return PostgresDatabase(try PostgresAddress(url), settings: settings, logger: .quiet)
    }

    private struct NoServer: Error, CustomStringConvertible {
        var description: String {
            "This test needs a PostgreSQL server: run it by scripts/test, or set \(variable) to what “scripts/postgres "
                + "start FOLDER --fast” prints."
        }
    }
}
