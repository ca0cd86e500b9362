import ArgumentParser
import FoundationEssentials
import Glibc
import SQL
import Store
import TestSupport
import Testing

@testable import Host

/// Backups of a database on a server, made and put back by the real program.
@Suite(.timeLimit(.minutes(20)))
struct PostgresBackupTests {
    @Test func `what was backed up comes back, and the former database is kept`() async throws {
        try await ServerDatabase.with { database in
            let folder = try TestFolder()
            try await database.fill("ada", "bo")
            let file = folder.path + "/copy.backup"
            let made = try await RealHost.run(["backup", file], environment: database.environment(), in: folder.path)
            #expect(made.code == 0, "\(made.error)")
            #expect(made.lines.contains("account           2"))
            #expect(made.output.contains("The backup “\(file)” is whole: "))
            #expect(!made.output.contains("not restored for a trial"))
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["copy.backup"])

            try await database.fill("cy")
            let restored = try await RealHost.run(
                ["restore", file],
                environment: database.environment(),
                in: folder.path
            )
            #expect(restored.code == 0, "\(restored.error)")
            #expect(try await database.accounts() == ["ada", "bo"])
            let kept = try #require(try await database.relatives().first)
            #expect(try await database.relatives() == [kept])
            #expect(restored.output.contains("The former one is kept as “\(kept)”"))
            #expect(try await database.accounts(in: kept) == ["ada", "bo", "cy"])
            let password = try ServerDatabase.password
            for output in [made.output, made.error, restored.output, restored.error] {
                #expect(!output.contains(password))
            }
            // The program goes on with it.
            try await database.fill("dee")
            #expect(try await database.accounts() == ["ada", "bo", "dee"])
        }
    }

    @Test func `a backup is of one moment, whatever is written meanwhile`() async throws {
        try await ServerDatabase.with { database in
            let folder = try TestFolder()
            try await database.fill()
            let programs = try FakePrograms(in: folder.path)
            let meeting = try await programs.makeMeeting("begun")
            try programs.make("pg_dump", before: ": >'\(meeting)'")
            async let made = RealHost.run(
                ["backup", folder.path + "/copy"],
                environment: database.environment(path: programs.path),
                in: folder.path
            )
            try await programs.wait(at: meeting)
            try await database.fill("ada")
            let ended = try await made
            #expect(ended.code == 0, "\(ended.error)")
            #expect(ended.lines.contains("account           0"))
        }
    }

    @Test func `a file that is there is replaced only when that was asked for`() async throws {
        try await ServerDatabase.with { database in
            let folder = try TestFolder()
            try await database.fill("ada")
            try folder.write("copy", "a letter")
            let command = ["backup", folder.path + "/copy"]
            let refused = try await RealHost.run(command, environment: database.environment(), in: folder.path)
            #expect(refused.code == 1)
            #expect(refused.error.contains("--force"))
            #expect(try String(contentsOf: URL(filePath: folder.path + "/copy"), encoding: .utf8) == "a letter")
            let made = try await RealHost.run(
                command + ["--force"],
                environment: database.environment(),
                in: folder.path
            )
            #expect(made.code == 0, "\(made.error)")
        }
    }

    @Test func `the password is in no process' arguments`() async throws {
        try await ServerDatabase.with { database in
            let folder = try TestFolder()
            try await database.fill("ada")
            let programs = try FakePrograms(in: folder.path)
            for name in ["pg_dump", "pg_restore"] {
                try programs.make(
                    name,
                    before: """
                        tr '\\0' ' ' </proc/$PPID/cmdline >>'\(folder.path)/arguments'
                        tr '\\0' ' ' </proc/$$/cmdline >>'\(folder.path)/arguments'
                        echo "$PGPASSWORD" >>'\(folder.path)/passwords'
                        """
                )
            }
            let environment = try database.environment(path: programs.path)
            for command in ["backup", "restore"] {
                let ended = try await RealHost.run([command, folder.path + "/copy"], environment: environment)
                #expect(ended.code == 0, "\(ended.error)")
            }
            let password = try ServerDatabase.password
            let arguments = try String(contentsOf: URL(filePath: folder.path + "/arguments"), encoding: .utf8)
            #expect(arguments.contains("--format=custom") && arguments.contains("--exit-on-error"))
            #expect(!arguments.contains(password))
            let passwords = try String(contentsOf: URL(filePath: folder.path + "/passwords"), encoding: .utf8)
            #expect(passwords.split(separator: "\n").allSatisfy { $0 == password })
        }
    }

    /// Some servers give their users one database and no more.
    @Test func `without the right to make databases the dump is read whole, and that is said`() async throws {
        try await ServerDatabase.with { database in
            let folder = try TestFolder()
            let user = "\(database.name)_user"
            try await database.onServer("CREATE ROLE \(user) LOGIN PASSWORD 'pear'")
            try await database.onServer("ALTER DATABASE \(database.name) OWNER TO \(user)")
            let environment = ["HOST_DATABASE_URL": try database.url(user: "\(user):pear")]
            let migrated = try await RealHost.run(["migrate"], environment: environment, in: folder.path)
            #expect(migrated.code == 0, "\(migrated.error)")
            let file = folder.path + "/copy"
            let made = try await RealHost.run(["backup", file], environment: environment, in: folder.path)
            #expect(made.code == 0, "\(made.error)")
            #expect(made.output.contains("read from beginning to end, but not restored for a trial"))
            #expect(made.output.contains("ALTER ROLE \"\(user)\" CREATEDB"))
            let refused = try await RealHost.run(["restore", file], environment: environment, in: folder.path)
            #expect(refused.code == 1)
            #expect(refused.error.contains("ALTER ROLE \"\(user)\" CREATEDB"))
            try await database.onServer("ALTER DATABASE \(database.name) OWNER TO prices")
            try await database.onServer("REASSIGN OWNED BY \(user) TO prices")
            try await database.fill("ada")
        }
    }

    @Test(.enabled(if: geteuid() == 0, "Only root can mount a small disk."))
    func `a disk that gets full leaves the backup of before as it is`() async throws {
        try await ServerDatabase.with { database in
            let folder = try TestFolder()
            let disk = try SmallDisk(at: folder.path + "/disk")
            try await database.fill("ada")
            try await database.makeLarge()
            let file = disk.path + "/copy"
            let command = ["backup", file, "--force"]
            let made = try await RealHost.run(command, environment: database.environment(), in: folder.path)
            #expect(made.code == 0, "\(made.error)")
            let before = try Data(contentsOf: URL(filePath: file))
            try disk.fill()
            let refused = try await RealHost.run(command, environment: database.environment(), in: folder.path)
            #expect(refused.code == 1)
            #expect(refused.error.contains("There is no room"), "\(refused.error)")
            #expect(try Data(contentsOf: URL(filePath: file)) == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path).sorted() == ["ballast", "copy"])
        }
    }

    @Test func `nobody else's work on what all databases share holds a backup up`() async throws {
        try await ServerDatabase.with { database in
            let folder = try TestFolder()
            try await database.fill("ada")
            // As a backup of another database, or the server's own upkeep, does.
            let other = try await PostgresOwnConnection(try database.address("postgres"))
            try await other.run("BEGIN", "LOCK TABLE pg_authid IN SHARE UPDATE EXCLUSIVE MODE")
            let made = try await RealHost.run(
                ["backup", folder.path + "/copy"],
                environment: database.environment(),
                in: folder.path
            )
            await other.close()
            #expect(made.code == 0, "\(made.error)")
        }
    }

    @Test func `once a day a backup is made, and the oldest go`() async throws {
        try await ServerDatabase.with { database in
            let folder = try TestFolder()
            try await database.fill("ada")
            let settings = [
                "data.folder=\(folder.path)", "database.url=\(try database.url())",
                "backup.folder=\(folder.path)/daily", "backup.keep=2",
            ]
            let data = try Settings(SharedOptions.parse(settings.flatMap { ["--set", $0] }).load()).data
            let storage = try Storage(data, logger: .quiet)
            let daily = try #require(DailyBackup(data, storage: storage, logger: .quiet))
            let start = Date(timeIntervalSince1970: 1_795_435_200)
            for (hours, isMade) in [(0, true), (1, false), (24, true), (60, true)] {
                #expect(try await daily.makeIfDue(at: start + Double(hours) * 3600) == isMade, "\(hours)")
            }
            let shelf = BackupShelf(of: data.backupBase, folder: folder.path + "/daily")
            #expect(shelf.paths.count == 2)
            #expect(try await database.relatives() == [])
            await storage.database.close()
        }
    }
}
