import ArgumentParser
import FoundationEssentials
import SQL
import Store
import Synchronization
import TestSupport
import Testing

@testable import Host

/// What a new version does to a database of an earlier one.
@Suite(.timeLimit(.minutes(20)))
struct StorageTests {
    @Test func `before the schema changes a backup is made, which holds the schema of before`() async throws {
        let folder = try TestFolder()
        let data = try Self.data(in: folder.path)
        try await Self.makeOld(data)
        let changes = try await Self.migrate(data)
        #expect(changes.names.count == Self.count - 1)
        let backup = try #require(changes.backup)
        #expect(backup.schema.number == 1)
        #expect(backup.tables.contains(.init(name: "account", rows: 1)))
        #expect(BackupShelf(of: data.backupBase).paths == [backup.path])
        #expect(backup.path.contains("prices.sqlite.schema-1."))
        // Nothing changes, nothing is copied.
        #expect(try await Self.migrate(data).backup == nil)
    }

    @Test func `a new database and one whose owner wants none get no backup`() async throws {
        let folder = try TestFolder()
        #expect(try await Self.migrate(Self.data(in: folder.path + "/new")).backup == nil)
        let data = try Self.data(in: folder.path, "backup.beforeMigration=never")
        try await Self.makeOld(data)
        let changes = try await Self.migrate(data)
        #expect(changes.backup == nil && !changes.names.isEmpty)
    }

    @Test func `of the backups before changes the newest three are kept`() async throws {
        let folder = try TestFolder()
        let data = try Self.data(in: folder.path)
        let shelf = BackupShelf(of: data.backupBase)
        let old = (0..<4).map { shelf.path(schema: $0, at: Date(timeIntervalSince1970: Double($0) * 100_000)) }
        for path in old { #expect(FileManager.default.createFile(atPath: path, contents: nil)) }
        try await Self.makeOld(data)
        let made = try #require(try await Self.migrate(data).backup)
        #expect(shelf.paths == [made.path, old[3], old[2]])
    }

    @Test func `a damaged database is refused with the newest backup and the command that restores it`() async throws {
        let folder = try TestFolder()
        let data = try Self.data(in: folder.path)
        try await Self.makeOld(data)
        let backup = try #require(try await Self.migrate(data).backup)
        try Data("no database".utf8).write(to: URL(filePath: data.backupBase))
        let place = ["--set", "data.folder=\(folder.path)"]
        let refused = try await RealHost.run(["migrate"] + place, in: folder.path)
        #expect(refused.code == 1)
        #expect(refused.error.contains("“\(data.backupBase)” is damaged"))
        #expect(refused.error.contains("host restore '\(backup.path)'"))

        let restored = try await RealHost.run(["restore", backup.path] + place, in: folder.path)
        #expect(restored.code == 0, "\(restored.error)")
        #expect(restored.output.contains("The former one is kept as “\(data.backupBase).replaced-"))
        #expect(try await Self.migrate(data).names.count == Self.count - 1)
    }

    @Test func `backup prints every table and its rows, and restore takes only what is ours`() async throws {
        let folder = try TestFolder()
        let data = try Self.data(in: folder.path)
        try await Self.makeOld(data)
        let place = ["--set", "data.folder=\(folder.path)"]
        let file = folder.path + "/copy.backup"
        let made = try await RealHost.run(["backup", file] + place, in: folder.path)
        #expect(made.code == 0, "\(made.error)")
        #expect(made.lines.first == "TABLE             ROWS")
        #expect(made.lines.contains("account           1"))
        #expect(made.output.contains("password hashes"))
        let again = try await RealHost.run(["backup", file] + place, in: folder.path)
        #expect(again.code == 1)
        #expect(again.error.contains("--force"))

        let foreign = try SQLiteDatabase(path: folder.path + "/foreign", logger: .quiet)
        try await foreign.transaction { _ = try $0.run("CREATE TABLE pear (id TEXT)") }
        await foreign.close()
        let refused = try await RealHost.run(["restore", folder.path + "/foreign"] + place, in: folder.path)
        #expect(refused.code == 1)
        #expect(refused.error.contains("but not one of this program"))
    }

    @Test func `a backup that needs a newer version is not restored`() async throws {
        let folder = try TestFolder()
        let data = try Self.data(in: folder.path)
        try await Self.makeOld(data)
        _ = try await Self.migrate(data)
        let file = folder.path + "/newer"
        let newer = try SQLiteDatabase(path: file, logger: .quiet)
        _ = try await Migrator(
            [(StoreSchema.room, StoreSchema.migrations + [Migration("M9999 less", oldestUsable: "99.1", [])])],
            program: "99.2.0"
        ).migrate(newer)
        await newer.close()
        let refused = try await RealHost.run(
            ["restore", file, "--set", "data.folder=\(folder.path)"],
            in: folder.path
        )
        #expect(refused.code == 1)
        #expect(refused.error.contains("can be used by version 99.1.0 or later; this is version \(Version.text)"))
    }

    @Test func `once a day a backup is made, and the oldest go`() async throws {
        let folder = try TestFolder()
        let data = try Self.data(in: folder.path, "backup.folder=\(folder.path)/daily", "backup.keep=2")
        try await Self.makeOld(data)
        let storage = try Storage(data, logger: .quiet)
        let daily = try #require(DailyBackup(data, storage: storage, logger: .quiet))
        let start = Date(timeIntervalSince1970: 1_795_435_200)
        // Hours after the start, and whether one is due: a clock that was set back a little makes none.
        for (hours, isMade) in [(0, true), (1, false), (-5, false), (23, false), (24, true), (60, true), (61, false)] {
            #expect(try await daily.makeIfDue(at: start + Double(hours) * 3600) == isMade, "\(hours)")
        }
        let shelf = BackupShelf(of: data.backupBase, folder: folder.path + "/daily")
        #expect(shelf.paths.count == 2)
        #expect(shelf.newest(asOf: start + 61 * 3600) == start + 60 * 3600)
        await storage.database.close()
        #expect(DailyBackup(try Self.data(in: folder.path), storage: storage, logger: .quiet) == nil)
    }

    @Test func `one that does not lead makes no daily backup, and one that lost that meanwhile removes nothing`()
        async throws
    {
        let folder = try TestFolder()
        let data = try Self.data(in: folder.path, "backup.folder=\(folder.path)/daily", "backup.keep=1")
        try await Self.makeOld(data)
        let storage = try Storage(data, logger: .quiet)
        let daily = try #require(DailyBackup(data, storage: storage, logger: .quiet))
        let shelf = BackupShelf(of: data.backupBase, folder: folder.path + "/daily")
        let start = Date(timeIntervalSince1970: 1_795_435_200)
        struct Replaced: Error {}
        let asked = Mutex(0)
        func fence(letsThrough times: Int) -> Fence {
            asked.withLock { $0 = 0 }
            return Fence(storage.database) { _ in
                if asked.withLock({ asked in
                    asked += 1; return asked > times
                }) {
                    throw Replaced()
                }
            }
        }
        await #expect(throws: Replaced.self) {
            try await daily.makeIfDue(at: start, by: fence(letsThrough: 0))
        }
        #expect(!FileManager.default.fileExists(atPath: shelf.folder))
        #expect(try await daily.makeIfDue(at: start, by: fence(letsThrough: 2)))

        // Whoever leads now is at work.
        let others = shelf.path(schema: 1, at: start + 86_400) + ".unfinished"
        #expect(FileManager.default.createFile(atPath: others, contents: nil))
        await #expect(throws: Replaced.self) {
            try await daily.makeIfDue(at: start + 86_400, by: fence(letsThrough: 1))
        }
        #expect(shelf.paths.count == 2)
        #expect(FileManager.default.fileExists(atPath: others))
        #expect(try await daily.makeIfDue(at: start + 2 * 86_400, by: fence(letsThrough: 2)))
        #expect(shelf.paths.count == 1)
        #expect(!FileManager.default.fileExists(atPath: others))
        await storage.database.close()
    }

    /// Otherwise the version before would meet what it does not know how to use.
    @Test func `a migration only adds, or says who may use the database afterwards`() {
        let additions = [
            "CREATE TABLE ", "CREATE INDEX ", "CREATE UNIQUE INDEX ", "UPDATE ", "INSERT INTO ", "DROP INDEX ",
        ]
        for migration in Storage.rooms.flatMap(\.migrations) where migration.oldestUsable == nil {
            for statement in migration.statements {
                let text = statement.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                let isColumn = text.hasPrefix("ALTER TABLE ") && text.contains(" ADD COLUMN ")
                let isFilled = !text.contains(" NOT NULL") || text.contains(" DEFAULT ")
                #expect(
                    additions.contains(where: text.hasPrefix) || isColumn && isFilled,
                    "\(migration.name): \(text)"
                )
            }
        }
    }

    /// Of all migrations.
    private static let count = Storage.rooms.flatMap(\.migrations).count

    private static func data(in folder: String, _ settings: String...) throws -> DataSettings {
        let arguments = (["data.folder=\(folder)"] + settings).flatMap { ["--set", $0] }
        return try Settings(SharedOptions.parse(arguments).load()).data
    }

    private static func migrate(_ data: DataSettings) async throws -> Storage.Changes {
        let storage = try Storage(data, logger: .quiet)
        let changes = try await storage.migrate()
        await storage.database.close()
        return changes
    }

    /// A database as the first version made it, with one account.
    private static func makeOld(_ data: DataSettings) async throws {
        let database = try SQLiteDatabase(path: data.backupBase, logger: .quiet)
        _ = try await Migrator([(StoreSchema.room, Array(StoreSchema.migrations.prefix(1)))], program: "0.1.0")
            .migrate(database)
        try await database.transaction { connection in
            _ = try connection.run("INSERT INTO account VALUES ('a', 'ada', 'hash', 1)")
        }
        await database.close()
    }
}
