import FoundationEssentials
import SQL
import Store
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import Host

/// What is not put in a database's place, and what is left when a restore ends early.
@Suite(.timeLimit(.minutes(20)))
struct PostgresRestoreTests {
    enum Fault: CaseIterable {
        case empty, noDump, cutInTheHead, cutInTheMiddle, cutAtTheEnd, changedInTheMiddle
    }

    @Test(arguments: Fault.allCases)
    func `a dump that is not whole is refused and changes nothing`(fault: Fault) async throws {
        try await Self.withBackup { database, folder in
            let file = folder + "/copy"
            var bytes = Array(try Data(contentsOf: URL(filePath: file)))
            switch fault {
            case .empty: bytes = []
            case .noDump: bytes = Array(String(repeating: "Dear Anna, this is no dump. ", count: 50).utf8)
            case .cutInTheHead: bytes = Array(bytes.prefix(20))
            case .cutInTheMiddle: bytes = Array(bytes.prefix(bytes.count / 2))
            case .cutAtTheEnd: bytes = Array(bytes.dropLast(3))
            // In the rows, which are most of it.
            case .changedInTheMiddle: bytes[bytes.count / 2] ^= 0xff
            }
            try Data(bytes).write(to: URL(filePath: file))
            let ended = try await RealHost.run(["restore", file], environment: database.environment(), in: folder)
            #expect(ended.code == 1)
            #expect(ended.error.contains("“\(file)” is damaged or no dump"), "\(ended.error)")
            #expect(try await database.accounts() == ["ada", "later"])
            #expect(try await database.relatives() == [])
        }
    }

    @Test func `while anybody is connected nothing is changed`() async throws {
        try await Self.withBackup { database, folder in
            let other = try await PostgresOwnConnection(try database.address())
            let refused = try await RealHost.run(
                ["restore", folder + "/copy"],
                environment: database.environment(),
                in: folder
            )
            #expect(refused.code == 1)
            #expect(refused.error.contains("/\(database.name)” is in use. End the running program (all its roles)"))
            await other.close()
            #expect(try await database.accounts() == ["ada", "later"])
            #expect(try await database.relatives() == [])
        }
    }

    /// Somebody who comes while the dump is restored, which may take hours.
    @Test func `who connects in the meantime keeps the names from being exchanged`() async throws {
        try await Self.withBackup { database, folder in
            let programs = try FakePrograms(in: folder)
            let meeting = try await programs.makeMeeting("begun")
            // Goes on when somebody is connected, which takes the meeting's place away.
            try programs.make(
                "pg_restore",
                before:
                    "if [ -p '\(meeting)' ]; then : >'\(meeting)'; while [ -p '\(meeting)' ]; do sleep 0.1; done; fi"
            )
            let environment = try database.environment(path: programs.path)
            async let ended = RealHost.run(["restore", folder + "/copy"], environment: environment, in: folder)
            try await programs.wait(at: meeting)
            let other = try await PostgresOwnConnection(try database.address())
            try FileManager.default.removeItem(atPath: meeting)
            let refused = try await ended
            #expect(refused.code == 1)
            #expect(refused.error.contains("is in use. End the running program"), "\(refused.error)")
            await other.close()
            #expect(try await database.accounts() == ["ada", "later"])
            #expect(try await database.relatives() == [])
        }
    }

    enum Moment: CaseIterable {
        case beforeAnyRow, afterAllRows
    }

    @Test(arguments: Moment.allCases)
    func `a restore that was killed changed nothing, and the next one removes what it left`(moment: Moment) async throws
    {
        try await Self.withBackup { database, folder in
            let programs = try FakePrograms(in: folder)
            let meeting = try await programs.makeMeeting("reached")
            // It ends when the test does, also where that fails: the folder goes.
            try programs.make(
                "pg_restore",
                before: """
                    \(moment == .afterAllRows ? "$real \"$@\"" : "")
                    : >'\(meeting)'
                    while [ -e '\(meeting)' ]; do sleep 0.1; done
                    exit 1
                    """
            )
            let environment = try database.environment(path: programs.path)
            let command = Configuration(
                executable: .path(try RealHost.path()),
                arguments: ["restore", folder + "/copy"],
                environment: .custom(
                    Dictionary(uniqueKeysWithValues: environment.map { (.init(stringLiteral: $0), $1) })
                ),
                workingDirectory: FilePath(folder)
            )
            let ended = try await Subprocess.run(command, input: .none, output: .discarded, error: .discarded) { run in
                try await programs.wait(at: meeting)
                try run.send(signal: .kill)
            }
            #expect(ended.terminationStatus == .signaled(9))
            let scratch = try #require(try await database.relatives().first)
            #expect(try await database.relatives() == [scratch])
            #expect(try await database.accounts() == ["ada", "later"])
            try FileManager.default.removeItem(atPath: meeting)

            try await database.waitUntilUnused(scratch)
            let again = try await RealHost.run(
                ["restore", folder + "/copy"],
                environment: database.environment(),
                in: folder
            )
            #expect(again.code == 0, "\(again.error)")
            #expect(try await database.accounts() == ["ada"])
            #expect(try await database.relatives().allSatisfy { $0.contains("_replaced_") })
        }
    }

    @Test func `a server without the database gets one`() async throws {
        try await Self.withBackup { database, folder in
            try await database.onServer("DROP DATABASE \(database.name) WITH (FORCE)")
            let restored = try await RealHost.run(
                ["restore", folder + "/copy"],
                environment: database.environment(),
                in: folder
            )
            #expect(restored.code == 0, "\(restored.error)")
            #expect(!restored.output.contains("is kept as"))
            #expect(try await database.accounts() == ["ada"])
        }
    }

    @Test func `a backup comes back under the name of the schema that the address uses`() async throws {
        try await Self.withBackup { database, folder in
            try await ServerDatabase.with { other in
                let url = try other.url(schema: "shop")
                let restored = try await RealHost.run(
                    ["restore", folder + "/copy"],
                    environment: ["HOST_DATABASE_URL": url],
                    in: folder
                )
                #expect(restored.code == 0, "\(restored.error)")
                #expect(try await other.accounts(schema: "shop") == ["ada"])
                let file = folder + "/of-schema"
                let made = try await RealHost.run(
                    ["backup", file],
                    environment: ["HOST_DATABASE_URL": url],
                    in: folder
                )
                #expect(made.code == 0, "\(made.error)")
                let back = try await RealHost.run(["restore", file], environment: database.environment(), in: folder)
                #expect(back.code == 0, "\(back.error)")
                #expect(try await database.accounts() == ["ada"])
            }
        }
    }

    @Test func `a database that also holds others' tables is left alone`() async throws {
        try await Self.withBackup { database, folder in
            let connection = try await PostgresOwnConnection(try database.address())
            try await connection.run("CREATE SCHEMA wiki", "CREATE TABLE wiki.page (id TEXT)")
            await connection.close()
            let refused = try await RealHost.run(
                ["restore", folder + "/copy"],
                environment: database.environment(),
                in: folder
            )
            #expect(refused.code == 1)
            #expect(refused.error.contains("in the schema “wiki”"))
            #expect(try await database.accounts() == ["ada", "later"])
        }
    }

    @Test func `a dump of another program's database is not put in the place of ours`() async throws {
        try await Self.withBackup { database, folder in
            try await ServerDatabase.with { foreign in
                let connection = try await PostgresOwnConnection(try foreign.address())
                try await connection.run("CREATE TABLE pear (id TEXT)")
                await connection.close()
                let file = folder + "/foreign"
                let made = try await RealHost.run(["backup", file], environment: foreign.environment(), in: folder)
                #expect(made.code == 0, "\(made.error)")
                let refused = try await RealHost.run(
                    ["restore", file],
                    environment: database.environment(),
                    in: folder
                )
                #expect(refused.code == 1)
                #expect(refused.error.contains("but not one of this program"))
                #expect(try await database.accounts() == ["ada", "later"])
                #expect(try await database.relatives() == [])
            }
        }
    }

    @Test func `a backup that needs a newer version is not restored`() async throws {
        try await Self.withBackup { database, folder in
            try await ServerDatabase.with { newer in
                let server = PostgresDatabase(try newer.address(), logger: .quiet)
                let change = Migration("M9999 less", oldestUsable: "99.1", [])
                _ = try await Migrator([(StoreSchema.room, StoreSchema.migrations + [change])], program: "99.2.0")
                    .migrate(server)
                await server.close()
                let file = folder + "/newer"
                let made = try await RealHost.run(["backup", file], environment: newer.environment(), in: folder)
                #expect(made.code == 0, "\(made.error)")
                let refused = try await RealHost.run(
                    ["restore", file],
                    environment: database.environment(),
                    in: folder
                )
                #expect(refused.code == 1)
                #expect(refused.error.contains("can be used by version 99.1.0 or later"))
                #expect(try await database.accounts() == ["ada", "later"])
            }
        }
    }

    @Test func `a backup of the other engine is called what it is`() async throws {
        try await Self.withBackup { database, folder in
            let place = ["--set", "data.folder=\(folder)/own"]
            let toFile = try await RealHost.run(["restore", folder + "/copy"] + place, in: folder)
            #expect(toFile.code == 1)
            #expect(
                toFile.error.contains("is a dump of a PostgreSQL database, and this installation keeps its data in a")
            )
            #expect(toFile.error.contains("host import"))
            let migrated = try await RealHost.run(["migrate"] + place, in: folder)
            #expect(migrated.code == 0, "\(migrated.error)")
            let toServer = try await RealHost.run(
                ["restore", folder + "/own/prices.sqlite"],
                environment: database.environment(),
                in: folder
            )
            #expect(toServer.code == 1)
            #expect(
                toServer.error.contains("is a SQLite database, and this installation keeps its data on a PostgreSQL")
            )
            #expect(toServer.error.contains("host import"))
        }
    }

    /// Lends a database with the accounts ada and later, and a folder with a backup of when there was only ada, `copy`.
    private static func withBackup(_ body: (ServerDatabase, _ folder: String) async throws -> Void) async throws {
        try await ServerDatabase.with { database in
            let folder = try TestFolder()
            try await database.fill("ada")
            try await database.makeLarge()
            let made = try await RealHost.run(
                ["backup", folder.path + "/copy"],
                environment: database.environment(),
                in: folder.path
            )
            #expect(made.code == 0, "\(made.error)")
            try await database.fill("later")
            try await body(database, folder.path)
        }
    }
}
