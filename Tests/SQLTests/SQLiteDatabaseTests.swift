import FoundationEssentials
import SQL
import TestSupport
import Testing

/// What only a file can get wrong.
@Suite(.timeLimit(.minutes(20)))
struct SQLiteDatabaseTests {
    @Test func `creates folder and files for their owner only`() async throws {
        try await withFolder { folder in
            let path = folder + "/a/b/prices.sqlite"
            let database = try SQLiteDatabase(path: path, logger: .quiet)
            try await database.transaction { _ = try $0.run("CREATE TABLE sample (id TEXT)") }
            for file in [path, path + "-wal", path + "-shm"] { #expect(try mode(of: file) == 0o600, "\(file)") }
            #expect(try mode(of: folder + "/a/b") == 0o700)
            await database.close()
        }
    }

    @Test func `leaves an existing file and its rights as they are`() async throws {
        try await withFolder { folder in
            let path = folder + "/prices.sqlite"
            let first = try SQLiteDatabase(path: path, logger: .quiet)
            try await first.transaction { _ = try $0.run("CREATE TABLE sample (id TEXT)") }
            await first.close()
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
            let second = try SQLiteDatabase(path: path, logger: .quiet)
            let rows = try await second.read { try $0.rows("SELECT id FROM sample") }
            #expect(rows.isEmpty)
            #expect(try mode(of: path) == 0o640)
            await second.close()
        }
    }

    @Test func `a file in the way of the folder is named`() async throws {
        try await withFolder { folder in
            #expect(FileManager.default.createFile(atPath: folder + "/data", contents: nil))
            let error = #expect(throws: SQLError.self) {
                try SQLiteDatabase(path: folder + "/data/prices.sqlite", logger: .quiet)
            }
            guard case .open(let why) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(why.contains("\(folder)/data"))
            #expect(why.contains("data.folder"))
        }
    }

    @Test(arguments: ["", "/", "/prices.sqlite"])
    func `a path that is no file is refused`(path: String) async throws {
        try await withFolder { folder in
            try FileManager.default.createDirectory(
                atPath: folder + "/prices.sqlite",
                withIntermediateDirectories: true
            )
            let error = #expect(throws: SQLError.self) {
                try SQLiteDatabase(path: path.isEmpty ? "" : folder + path, logger: .quiet)
            }
            guard case .open = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func `a file that is no database is named and left alone`() async throws {
        try await withFolder { folder in
            let path = folder + "/letter.txt"
            let letter = Data(String(repeating: "Dear Anna, this is not a database. ", count: 100).utf8)
            try letter.write(to: URL(filePath: path))
            let error = #expect(throws: SQLError.self) { try SQLiteDatabase(path: path, logger: .quiet) }
            #expect(String(describing: error).contains(path))
            #expect(try Data(contentsOf: URL(filePath: path)) == letter)
        }
    }

    @Test func `commits are flushed, the log is kept beside the file and foreign keys are checked`() async throws {
        try await TestDatabase.with(.sqlite) { test in
            let settings = try await test.database.transaction { connection in
                try ["synchronous", "journal_mode", "foreign_keys"].map { name in
                    try connection.row(Statement(stringLiteral: "PRAGMA \(name)"))?[name]
                }
            }
            #expect(settings == [.integer(2), .text("wal"), .integer(1)])
        }
    }

    @Test func `a lock that another program keeps is an error of its own kind`() async throws {
        try await withFolder { folder in
            let path = folder + "/prices.sqlite"
            let one = try SQLiteDatabase(path: path, logger: .quiet)
            let other = try SQLiteDatabase(path: path, logger: .quiet, busyTimeout: .milliseconds(5))
            let turns = Turns()
            async let locking: Void = one.transaction { connection in
                try connection.run("CREATE TABLE sample (id TEXT)")
                turns.reached("locked")
                turns.wait(for: "refused")
            }
            await turns.asyncWait(for: "locked")
            let error = await #expect(throws: SQLError.self) {
                try await other.transaction { try $0.run("CREATE TABLE other (id TEXT)") }
            }
            turns.reached("refused")
            try await locking
            guard case .busy(let why) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(why.contains(path))
            try await other.transaction { _ = try $0.run("CREATE TABLE other (id TEXT)") }
            await one.close()
            await other.close()
        }
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sqlite-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // The system removes what is left in its temporary folder.
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.path)
    }

    private func mode(of path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
