import FoundationEssentials
import Model
import Moving
import SQL
import Store
import TestSupport
import Testing

/// What was exported is what is there after the import, whichever engines they are.
@Suite(.timeLimit(.minutes(20)))
struct RoundTripTests {
    @Test(arguments: TestDatabase.engines, TestDatabase.engines)
    func `every column of every table comes over, and a second export is the same file`(
        from: Engine,
        into: Engine
    ) async throws {
        let files = try Exported()
        try await FullDatabase.with(from) { database in
            try await FullDatabase.fill(database)
            try await FullDatabase.addRuns(2500, to: database)
            let head = try await files.export(database)
            #expect(head.rows == StoreSchema.moved.count * 2 + 2500)
        }
        try await FullDatabase.with(into) { database in
            let head = try await Import(database: database).run(files.path())
            #expect(head.secrets)
            try await files.export(database, "again.jsonl")
            let left = try await database.read { try $0.importPosition() }
            #expect(left == nil)
        }
        let (first, second) = (try files.bytes(), try files.bytes("again.jsonl"))
        #expect(first == second)
        #expect(String(decoding: first, as: UTF8.self).contains("0.30000000000000004"))
    }

    @Test(arguments: TestDatabase.engines)
    func `an empty database makes an export that can be imported`(engine: Engine) async throws {
        let files = try Exported()
        _ = try await FullDatabase.with(engine) { try await files.export($0) }
        let head = try await FullDatabase.with(engine) { try await Import(database: $0).run(files.path()) }
        #expect(head.rows == 0)
        #expect(try files.lines().count == 2)
    }

    @Test(arguments: TestDatabase.engines)
    func `a rehearsal says what is in the file and changes nothing`(engine: Engine) async throws {
        let files = try Exported()
        try await FullDatabase.with(engine) { database in
            try await FullDatabase.fill(database)
            try await files.export(database)
        }
        try await FullDatabase.with(engine) { database in
            let head = try await Import(database: database).rehearse(files.path())
            #expect(head.tables.map(\.rows) == StoreSchema.moved.map { _ in 2 })
            let isEmpty = try await database.read { connection in
                try StoreSchema.moved.allSatisfy { try connection.isEmpty($0) } && connection.importPosition() == nil
            }
            #expect(isEmpty)
        }
    }

    @Test func `a file is private, replaced only when that is asked for, and never half written`() async throws {
        let files = try Exported()
        try await FullDatabase.with(.sqlite) { database in
            try await FullDatabase.fill(database)
            try await files.export(database)
            let rights = try FileManager.default.attributesOfItem(atPath: files.path())[.posixPermissions] as? Int
            #expect(rights == 0o600)
            let error = await #expect(throws: MovingError.self) { try await files.export(database) }
            #expect(error?.description.contains("--force") == true)
            let before = try files.bytes()
            try await files.export(database, replacing: true)
            #expect(try files.bytes() == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: files.folder) == ["all.jsonl"])
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `without secrets nothing secret is in the file, and the rest comes over`(engine: Engine) async throws {
        let files = try Exported()
        try await FullDatabase.with(engine) { database in
            try await FullDatabase.fill(database)
            let head = try await files.export(database, withSecrets: false)
            #expect(!head.secrets)
            #expect(head.tables.map(\.name) == StoreSchema.moved.map(\.name).filter { $0 != "token" })
        }
        let text = try files.lines().joined(separator: "\n")
        for secret in ["password", "secret_hash", "secret \\\\"] { #expect(!text.contains(secret), "\(secret)") }
        try await FullDatabase.with(engine) { database in
            _ = try await Import(database: database).run(files.path())
            let (accounts, passwords, channels) = try await database.read { connection in
                (
                    try connection.accounts(),
                    try connection.rows("SELECT password FROM account").map { try $0.text("password") },
                    try connection.channels(of: ID("account-b"))
                )
            }
            #expect(accounts.count == 2)
            #expect(passwords == ["none", "none"])
            // Of its plugin it is known what is secret.
            #expect(channels.map(\.options) == [["größe": "M", "to": "a@b.example"]])
            #expect(
                channels.first?.problem == "It came here without its secrets. Change it, and set them again."
            )
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `of a channel whose plugin is not known no option is exported without secrets`(engine: Engine) async throws {
        let files = try Exported()
        try await FullDatabase.with(engine) { database in
            try await FullDatabase.fill(database)
            _ = try await database.transaction { try $0.run("UPDATE channel SET plugin = 'unknown'") }
            try await files.export(database, withSecrets: false)
        }
        let text = try files.lines().joined()
        #expect(!text.contains("a@b.example"))
        try await FullDatabase.with(engine) { _ = try await Import(database: $0).run(files.path()) }
    }
}
