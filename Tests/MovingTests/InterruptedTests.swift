import Moving
import SQL
import Store
import Synchronization
import TestSupport
import Testing

/// An import that dies goes on; a file or database that is not right is refused in words.
@Suite(.timeLimit(.minutes(20)))
struct InterruptedTests {
    @Test(arguments: TestDatabase.engines)
    func `an import that was cut short goes on where it was`(engine: Engine) async throws {
        let files = try await Self.filled(engine, runs: 450)
        try await FullDatabase.with(engine) { database in
            // One begins, four bring the tables before the history, one brings the first of its rows.
            let mortal = MortalDatabase(database, transactions: 6)
            let indexes = try await database.read { try SchemaColumn.indexes($0) }
            await #expect(throws: MortalDatabase.Death.self) {
                _ = try await Import(database: mortal, rowsPerCommit: 100).run(files.path())
            }
            let (there, position) = try await database.read { connection in
                let runs = try connection.row("SELECT COUNT(*) AS n FROM history_run")?.int("n") ?? 0
                return (runs, try connection.importPosition())
            }
            #expect((1..<450).contains(there))
            #expect(position != nil)
            // Half a database is not exported.
            await #expect(throws: MovingError.self) { try await files.export(database, "half.jsonl") }
            _ = try await Import(database: database).run(files.path())
            try await files.export(database, "again.jsonl")
            #expect(try files.bytes() == files.bytes("again.jsonl"))
            // Those of the history were taken away meanwhile.
            #expect(try await database.read { try SchemaColumn.indexes($0) } == indexes)
            #expect(indexes.count > 10)
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `an import that was cut short does not go on with another file`(engine: Engine) async throws {
        let files = try await Self.filled(engine)
        let other = try await Self.filled(engine, runs: 1)
        try await FullDatabase.with(engine) { database in
            let mortal = MortalDatabase(database, transactions: 3)
            await #expect(throws: MortalDatabase.Death.self) {
                _ = try await Import(database: mortal).run(files.path())
            }
            let error = await #expect(throws: MovingError.self) {
                _ = try await Import(database: database).run(other.path())
            }
            #expect(error?.description.contains("another file") == true)
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `a database that holds something is left alone`(engine: Engine) async throws {
        let files = try await Self.filled(engine)
        try await FullDatabase.with(engine) { database in
            try await FullDatabase.fill(database)
            let error = await #expect(throws: MovingError.self) {
                _ = try await Import(database: database).run(files.path())
            }
            #expect(error?.description.contains("is not empty") == true)
        }
    }

    @Test(arguments: [
        ("", "is empty"), ("{}\n", "no export"), ("url,name\nhttps://shop.example,Lamp\n", "no export"),
        (#"{"export":"price-monitor","version":2,"program":"7.0"}"# + "\n", "version 7.0"),
        (#"{"export":"price-monitor","version":1}"# + "\n", "can't be read"),
    ])
    func `what is no export of this version is refused`(text: String, word: String) async throws {
        let files = try Exported()
        try files.write(text)
        try await Self.expectRefusal(of: files, word)
    }

    @Test func `a file of a program that knows more is refused`() async throws {
        let files = try await Self.filled(.sqlite)
        let text = try files.lines().joined(separator: "\n")
        try files.write(text.replacing("M0001 first tables", with: "M9001 later tables", maxReplacements: 1) + "\n")
        try await Self.expectRefusal(of: files, "knows more than this one")
    }

    @Test func `a file that was cut off anywhere is refused before anything is imported`() async throws {
        let files = try await Self.filled(.sqlite)
        let whole = try files.bytes()
        for kept in [whole.count - 1, whole.count - 40, whole.count / 2, 3000] {
            try files.write(Array(whole.prefix(kept)))
            // The last byte only ends the line.
            if kept == whole.count - 1 { continue }
            try await Self.expectRefusal(of: files, "")
        }
    }

    @Test func `a file in which one byte is another is refused before anything is imported`() async throws {
        let files = try await Self.filled(.sqlite)
        let whole = try files.bytes()
        for place in stride(from: 5, to: whole.count, by: whole.count / 40) {
            var bytes = whole
            bytes[place] ^= 1
            try files.write(bytes)
            try await Self.expectRefusal(of: files, "")
        }
    }

    @Test func `a file that goes on after its end is refused`() async throws {
        let files = try await Self.filled(.sqlite)
        try files.write(try files.bytes() + Array("[\"account\"]\n".utf8))
        try await Self.expectRefusal(of: files, "")
    }

    private static func expectRefusal(of files: Exported, _ word: String) async throws {
        try await FullDatabase.with(.sqlite) { database in
            let error = await #expect(throws: MovingError.self) {
                _ = try await Import(database: database).run(files.path())
            }
            #expect(word.isEmpty || error?.description.contains(word) == true)
            let isEmpty = try await database.read { try $0.accounts().isEmpty && $0.importPosition() == nil }
            #expect(isEmpty)
        }
    }

    /// An export of a full database.
    private static func filled(_ engine: Engine, runs: Int = 0) async throws -> Exported {
        let files = try Exported()
        try await FullDatabase.with(engine) { database in
            try await FullDatabase.fill(database)
            try await FullDatabase.addRuns(runs, to: database)
            try await files.export(database)
        }
        return files
    }
}
