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
    package static let engines: [Engine] = [.sqlite]

    package let database: any Database
    /// Where the other connections go: a file.
    private let place: String

    /// Lends a database with the rooms' tables to `body`; closes and removes it when `body` returns or throws.
    package static func with<T>(
        _ engine: Engine = .sqlite,
        rooms: [(room: String, migrations: [Migration])] = [],
        _ body: (TestDatabase) async throws -> T
    ) async throws -> T {
        guard engine == .sqlite else { throw MissingEngine(engine: engine) }
        let folder = FileManager.default.temporaryDirectory.appending(path: "price-monitor-\(UUID().uuidString)")
        let place = folder.appending(path: "test.sqlite").path
        // The system removes what is left in its temporary folder; a test need not fail over it.
        defer { try? FileManager.default.removeItem(at: folder) }
        let test = TestDatabase(database: try open(place), place: place)
        do {
            _ = try await Migrator(rooms).migrate(test.database)
            let result = try await body(test)
            await test.database.close()
            return result
        } catch {
            await test.database.close()
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

    private static func open(_ place: String) throws -> SQLiteDatabase {
        try SQLiteDatabase(path: place, logger: .quiet)
    }

    private struct MissingEngine: Error, CustomStringConvertible {
        let engine: Engine
        var description: String { "Tests can't make a database of the engine \(engine) yet." }
    }
}
