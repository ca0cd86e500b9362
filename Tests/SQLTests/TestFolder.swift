import FoundationEssentials
import SQL
import TestSupport
import Testing

/// A folder for one test, gone when the test ends.
struct TestFolder: Sendable {
    let path: String

    static func with<T>(_ body: (TestFolder) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sqlite-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // The system removes what is left in its temporary folder.
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(TestFolder(path: folder.path))
    }

    var database: String { path + "/prices.sqlite" }

    /// Sorted.
    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }

    func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

    func write(_ bytes: some Collection<UInt8>, to path: String) throws {
        try Data(bytes).write(to: URL(filePath: path))
    }

    func move(_ name: String, to other: String) throws {
        try FileManager.default.moveItem(atPath: "\(path)/\(name)", toPath: "\(path)/\(other)")
    }

    func mode(of path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    /// Opens the database, lends it and closes it.
    func withDatabase<T>(
        _ name: String = "prices.sqlite",
        busyTimeout: Duration = .seconds(5),
        _ body: (SQLiteDatabase) async throws -> T
    ) async throws -> T {
        let database = try SQLiteDatabase(path: "\(path)/\(name)", logger: .quiet, busyTimeout: busyTimeout)
        do {
            let result = try await body(database)
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }

    /// Makes a database with pears in it.
    func makePears(_ count: Int, in name: String = "prices.sqlite") async throws {
        try await withDatabase(name) { database in
            _ = try await Migrator([("fruit", [.pears])]).migrate(database)
            try await database.transaction { try $0.addPears(count) }
        }
    }

    func pears(in name: String = "prices.sqlite") async throws -> Int {
        try await withDatabase(name) { try await $0.pears() }
    }
}

extension Migration {
    static let pears = Migration("M0001 pears", ["CREATE TABLE pear (id INTEGER PRIMARY KEY, weight TEXT NOT NULL)"])
}

extension Connection {
    /// A few of them fill a page.
    func addPears(_ count: Int) throws {
        for _ in 0..<count { try run("INSERT INTO pear (weight) VALUES (\(String(repeating: "heavy ", count: 100)))") }
    }
}

extension Database {
    func pears() async throws -> Int {
        try await read { try $0.row("SELECT COUNT(*) AS pears FROM pear")?.int("pears") ?? -1 }
    }
}
