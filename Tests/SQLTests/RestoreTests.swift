import FoundationEssentials
import SQL
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct RestoreTests {
    @Test func `the backup takes the database's place and the former one is kept whole`() async throws {
        try await withBackup(pears: 20) { folder, backup in
            try await folder.withDatabase { try await $0.transaction { try $0.addPears(7) } }
            let before = try folder.bytes(backup)
            let result = try await restore(folder, backup)
            #expect(result.backup.tables.first == .init(name: "pear", rows: 20))
            #expect(try await folder.pears() == 20)
            let kept = try #require(result.kept)
            #expect(kept.hasPrefix(folder.database + ".replaced-"))
            #expect(try await folder.pears(in: String(kept.dropFirst(folder.path.count + 1))) == 27)
            #expect(try folder.mode(of: folder.database) == 0o600)
            #expect(try folder.bytes(backup) == before)
        }
    }

    @Test func `restoring twice in one second keeps both former databases`() async throws {
        try await withBackup(pears: 2) { folder, backup in
            var kept: Set<String> = []
            for _ in 0..<3 { kept.insert(try #require(try await restore(folder, backup).kept)) }
            #expect(kept.count == 3)
            #expect(kept.allSatisfy(FileManager.default.fileExists(atPath:)))
            #expect(try folder.names.filter { $0.contains("restoring") } == [])
        }
    }

    @Test func `a machine without a database gets one`() async throws {
        try await withBackup(pears: 4) { folder, backup in
            try await TestFolder.with { empty in
                let result = try await restore(empty, backup)
                #expect(result.kept == nil)
                #expect(try await empty.pears() == 4)
            }
        }
    }

    @Test func `the log of a damaged database does not get into the restored one`() async throws {
        try await withBackup(pears: 30) { folder, backup in
            // As a process leaves it that is killed.
            let log = try await folder.withDatabase { database in
                try await database.transaction { try $0.addPears(100) }
                return try folder.bytes(folder.database + "-wal")
            }
            try folder.write(String(repeating: "no database ", count: 4000).utf8, to: folder.database)
            try folder.write(log, to: folder.database + "-wal")
            let kept = try #require(try await restore(folder, backup).kept)
            // SQLite has put the log into it, as it does with every file that it opens.
            #expect(FileManager.default.fileExists(atPath: kept))
            #expect(try !folder.names.contains("prices.sqlite-wal"))
            #expect(try await folder.pears() == 30)
        }
    }

    /// A journal is what SQLite writes while it leaves or enters WAL mode.
    @Test(arguments: ["-wal", "-journal"])
    func `a log without its database does not get into the restored one`(log: String) async throws {
        try await withBackup(pears: 30) { folder, backup in
            try FileManager.default.removeItem(atPath: folder.database)
            try folder.write("a log".utf8, to: folder.database + log)
            #expect(try await restore(folder, backup).kept == nil)
            #expect(try !folder.names.contains("prices.sqlite" + log))
            #expect(try await folder.pears() == 30)
            #expect(try folder.names.contains { $0.hasSuffix(log) && $0.contains(".replaced-") })
        }
    }

    @Test func `while a program has the database open nothing is changed`() async throws {
        try await withBackup(pears: 5) { folder, backup in
            try await folder.withDatabase { database in
                try await database.transaction { try $0.addPears(1) }
                let error = await #expect(throws: SQLError.self) { try await restore(folder, backup) }
                guard case .busy(let why) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(why.contains(folder.database) && why.contains("is in use"))
                #expect(try await database.pears() == 6)
            }
            #expect(try await restore(folder, backup).kept != nil)
        }
    }

    /// An earlier version of the program, or a database tool, does not know our lock.
    @Test func `whoever has the file open without our lock is noticed too`() async throws {
        try await withBackup(pears: 5) { folder, backup in
            try await folder.withDatabase { database in
                try FileManager.default.removeItem(atPath: folder.database + ".lock")
                let error = await #expect(throws: SQLError.self) { try await restore(folder, backup) }
                #expect(String(describing: error).contains("is in use"))
                try await database.transaction { try $0.addPears(1) }
                #expect(try await database.pears() == 6)
            }
            #expect(try await folder.pears() == 6)
        }
    }

    @Test func `what the check of the backup refuses changes nothing`() async throws {
        struct Foreign: Error {}
        try await withBackup(pears: 5) { folder, backup in
            let before = try folder.names
            await #expect(throws: Foreign.self) {
                try await SQLiteRestore(of: backup, to: folder.database).run { report in
                    if report.schema.knows(room: "fruit"), !report.schema.knows(room: "herbs") { throw Foreign() }
                }
            }
            #expect(try folder.names == before)
            #expect(try await folder.pears() == 5)
        }
    }

    enum Fault: CaseIterable {
        case missing, empty, noDatabase, cutOff, scratched
    }

    @Test(arguments: Fault.allCases)
    func `a backup that is not whole is refused and changes nothing`(fault: Fault) async throws {
        try await withBackup(pears: 400) { folder, backup in
            let bytes = try folder.bytes(backup)
            switch fault {
            case .missing: try FileManager.default.removeItem(atPath: backup)
            case .empty: try folder.write([], to: backup)
            case .noDatabase: try folder.write(String(repeating: "Dear Anna ", count: 1000).utf8, to: backup)
            case .cutOff: try folder.write(bytes.prefix(bytes.count - 4096), to: backup)
            case .scratched:
                var scratched = bytes
                for place in (bytes.count - 8192)..<(bytes.count - 4096) { scratched[place] = 0xA5 }
                try folder.write(scratched, to: backup)
            }
            let before = try folder.names
            let error = await #expect(throws: SQLError.self) { try await restore(folder, backup) }
            #expect(String(describing: error).contains(backup))
            #expect(try folder.names == before)
            #expect(try await folder.pears() == 400)
        }
    }

    /// Where the process may have died: the files that it leaves behind then.
    @Test(arguments: ["copying", "second name", "log moved"])
    func `a restore that was cut short can be done again`(moment: String) async throws {
        try await withBackup(pears: 9) { folder, backup in
            try folder.write("half a copy".utf8, to: folder.database + ".restoring")
            let former = folder.database + ".replaced-20261124T000000Z"
            if moment != "copying" { try FileManager.default.linkItem(atPath: folder.database, toPath: former) }
            if moment == "log moved" { try folder.write("a log".utf8, to: former + "-wal") }
            #expect(try await folder.pears() == 9)
            let kept = try #require(try await restore(folder, backup).kept)
            #expect(try await folder.pears() == 9)
            // A file with two names would change under both; one whose log was moved is kept with it.
            #expect(FileManager.default.fileExists(atPath: former) == (moment == "log moved"))
            #expect(FileManager.default.fileExists(atPath: kept))
            #expect(!FileManager.default.fileExists(atPath: folder.database + ".restoring"))
        }
    }

    @Test func `a database that a restore took away is not taken for a new beginning`() async throws {
        try await withBackup(pears: 2) { folder, _ in
            try FileManager.default.moveItem(atPath: folder.database, toPath: folder.database + ".restoring")
            let error = #expect(throws: SQLError.self) { try SQLiteDatabase(path: folder.database, logger: .quiet) }
            guard case .damaged(let why) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(why.contains("host restore"))
        }
    }

    private func withBackup(pears: Int, _ body: (TestFolder, _ backup: String) async throws -> Void) async throws {
        try await TestFolder.with { folder in
            try await folder.makePears(pears)
            let backup = folder.path + "/copy.backup"
            _ = try await folder.withDatabase { try await $0.backUp(to: backup) }
            try await body(folder, backup)
        }
    }

    private func restore(_ folder: TestFolder, _ backup: String) async throws -> SQLiteRestore.Result {
        try await SQLiteRestore(of: backup, to: folder.database, patience: .milliseconds(500)).run { _ in }
    }
}
