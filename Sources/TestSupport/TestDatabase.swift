import FoundationEssentials
import Logging
package import SQL

/// A fresh database for one test, gone when the test ends.
///
///     try await TestDatabase.with(.sqlite, rooms: [(StoreSchema.room, StoreSchema.migrations)]) { test in
///         try await test.database.transaction { try $0.insert(product) }
///     }
package struct TestDatabase: Sendable {
    /// What a contract suite runs on: `@Test(arguments: TestDatabase.engines)`.
    package static let engines = Engine.allCases

    package let database: any Database
    private let place: Place

    /// Where the other connections go.
    private enum Place: Sendable {
        /// A file in a folder of its own.
        case file(folder: URL)
        /// A schema of the server that the tests share.
        case schema(String)

        var file: String? {
            if case .file(let folder) = self { folder.appending(path: "test.sqlite").path } else { nil }
        }
    }

    /// Lends a database with the rooms' tables to `body`; closes and removes it when `body` returns or throws.
    package static func with<T>(
        _ engine: Engine = .sqlite,
        rooms: [(room: String, migrations: [Migration])] = [],
        _ body: (TestDatabase) async throws -> T
    ) async throws -> T {
        let place = try await makePlace(engine)
        let test: TestDatabase
        do {
            test = TestDatabase(database: try open(place), place: place)
        } catch {
            try await remove(place)
            throw error
        }
        do {
            _ = try await Migrator(rooms).migrate(test.database)
            let result = try await body(test)
            await test.database.close()
            try await remove(place)
            return result
        } catch {
            await test.database.close()
            try await remove(place)
            throw error
        }
    }

    /// Lends a second way into the same database, as another process would have.
    package func withAnother<T>(_ body: (any Database) async throws -> T) async throws -> T {
        let other = try Self.open(place)
        do {
            let result = try await body(other)
            await other.close()
            return result
        } catch {
            await other.close()
            throw error
        }
    }

    /// The file of a SQLite database, the address of a PostgreSQL one.
    package var url: String {
        get throws {
            switch place {
            case .file: "sqlite://\(place.file ?? "")"
            case .schema(let name): try TestPostgres.url(schema: name)
            }
        }
    }

    private static func makePlace(_ engine: Engine) async throws -> Place {
        switch engine {
        case .sqlite:
            return .file(
                folder: FileManager.default.temporaryDirectory.appending(path: "price-monitor-\(UUID().uuidString)")
            )
        case .postgres:
            return .schema(try await TestPostgres.makeSchema())
        }
    }

    private static func remove(_ place: Place) async throws {
        switch place {
        case .file(let folder):
            // The system removes what is left in its temporary folder; a test need not fail over it.
            try? FileManager.default.removeItem(at: folder)
        case .schema(let name): try await TestPostgres.run("DROP SCHEMA \(name) CASCADE")
        }
    }

    private static func open(_ place: Place) throws -> any Database {
        switch place {
        case .file: return try SQLiteDatabase(path: place.file ?? "", logger: .quiet)
        case .schema(let name):
            return try TestPostgres.open(TestPostgres.url(schema: name), connections: 4)
        }
    }
}
