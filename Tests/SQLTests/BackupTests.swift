import FoundationEssentials
import SQL
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct BackupTests {
    @Test func `a backup holds every row, is one file and is readable by its owner only`() async throws {
        try await TestFolder.with { folder in
            try await folder.makePears(500)
            let backup = folder.path + "/copy.backup"
            let seen = Recorder<BackupProgress>()
            let report = try await folder.withDatabase { try await $0.backUp(to: backup) { seen.record($0) } }
            #expect(report.path == backup)
            #expect(report.tables == [.init(name: "pear", rows: 500), .init(name: "schema_migration", rows: 1)])
            #expect(report.rows == 501 && report.schema.number == 1 && report.bytes > 0)
            #expect(try folder.mode(of: backup) == 0o600)
            #expect(seen.values.contains { $0.phase == .copying && $0.part == 1 })
            #expect(seen.values.contains { $0.phase == .checking })
            #expect(try folder.names == ["copy.backup", "prices.sqlite", "prices.sqlite.lock"])
            #expect(try await folder.pears(in: "copy.backup") == 500)
        }
    }

    @Test func `a backup is of one moment and does not stop who writes`() async throws {
        try await TestFolder.with { folder in
            try await folder.makePears(5000)
            try await folder.withDatabase { writer in
                try await folder.withDatabase { database in
                    let turns = Turns()
                    let first = Once()
                    async let report = database.backUp(to: folder.path + "/copy.backup") { progress in
                        guard progress.phase == .copying, first.isFirst else { return }
                        turns.reached("copying")
                        turns.wait(for: "written")
                    }
                    await turns.asyncWait(for: "copying")
                    try await writer.transaction { try $0.addPears(3000) }
                    turns.reached("written")
                    #expect(try await report.tables.first == .init(name: "pear", rows: 5000))
                    #expect(try await database.pears() == 8000)
                }
            }
        }
    }

    @Test func `a file that is there is replaced only when that was asked for`() async throws {
        try await TestFolder.with { folder in
            try await folder.makePears(1)
            let backup = folder.path + "/copy.backup"
            try folder.write("precious".utf8, to: backup)
            try await folder.withDatabase { database in
                let error = await #expect(throws: SQLError.self) { try await database.backUp(to: backup) }
                #expect(error == .open("There is a file “\(backup)” already. Name another, or use --force."))
                #expect(try folder.bytes(backup) == Data("precious".utf8))
                let report = try await database.backUp(to: backup, replacing: true)
                #expect(report.rows == 2)
            }
        }
    }

    @Test func `the database itself is never replaced by its backup`() async throws {
        try await TestFolder.with { folder in
            try await folder.makePears(3)
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/other.name",
                withDestinationPath: folder.database
            )
            try await folder.withDatabase { database in
                for path in [folder.database, folder.path + "/other.name"] {
                    let error = await #expect(throws: SQLError.self) {
                        try await database.backUp(to: path, replacing: true)
                    }
                    #expect(String(describing: error).contains("the database itself"))
                }
            }
            #expect(try await folder.pears() == 3)
        }
    }

    @Test func `a folder that is missing is named, and nothing is left behind`() async throws {
        try await TestFolder.with { folder in
            try await folder.makePears(1)
            try await folder.withDatabase { database in
                let error = await #expect(throws: SQLError.self) {
                    try await database.backUp(to: folder.path + "/nowhere/copy")
                }
                #expect(error == .open("There is no folder “\(folder.path)/nowhere”: make it first."))
            }
            #expect(try folder.names == ["prices.sqlite", "prices.sqlite.lock"])
        }
    }

    @Test func `a backup from the future is the first to go, with what was left of a copy that was cut short`()
        async throws
    {
        try await TestFolder.with { folder in
            let shelf = BackupShelf(of: folder.database)
            let now = Date(timeIntervalSince1970: 1_795_435_200)
            let (old, new, future) = (
                shelf.path(schema: 3, at: now - 7200), shelf.path(schema: 3, at: now),
                shelf.path(schema: 3, at: now + 400 * 86_400)
            )
            let left = "\(new).1A2B3C4D.unfinished"
            for path in [old, new, future, left] { try folder.write("x".utf8, to: path) }
            #expect(shelf.newest(asOf: now) == now)
            #expect(try shelf.prune(keeping: 2, asOf: now) == [future])
            #expect(shelf.paths == [new, old])
            #expect(!FileManager.default.fileExists(atPath: left))
        }
    }

    @Test func `the shelf knows its own files by their names and keeps the newest`() async throws {
        try await TestFolder.with { folder in
            let shelf = BackupShelf(of: folder.database)
            let start = Date(timeIntervalSince1970: 1_795_435_200)
            // The schema's number does not sort them: a rollback goes back in it.
            let paths = [3, 10, 2, 2].enumerated().map { place, schema in
                shelf.path(schema: schema, at: start + Double(place) * 60)
            }
            let strangers = [
                "prices.sqlite", "prices.sqlite.backup", "prices.sqlite.schema-x.20261124T000000Z.backup",
                "other.sqlite.schema-1.20261124T000000Z.backup", "prices.sqlite.schema-1.backup",
            ]
            for path in paths + strangers.map({ folder.path + "/" + $0 }) { try folder.write("x".utf8, to: path) }
            #expect(paths[0] == folder.path + "/prices.sqlite.schema-3.20261123T120000Z.backup")
            #expect(shelf.paths == paths.reversed())
            #expect(shelf.newest(asOf: start) == start + 180)
            #expect(try shelf.prune(keeping: 3, asOf: start) == [paths[0]])
            #expect(shelf.paths == paths.dropFirst().reversed())
            #expect(try folder.names.count == 3 + strangers.count)
        }
    }
}
