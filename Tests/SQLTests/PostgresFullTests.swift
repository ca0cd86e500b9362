import Glibc
import FoundationEssentials
import Logging
import SQL
import TestSupport
import Testing

/// The tables on a small disk of their own that gets full, and has space again.
@Suite(.enabled(if: geteuid() == 0, "Only root can mount a small disk."), .timeLimit(.minutes(20)))
struct PostgresFullTests {
    @Test func `a full disk is told, nothing of the transaction is kept, and it works again when there is room`()
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "small-\(UUID().uuidString)").path
        // The system removes what is left in its temporary folder.
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let disk = try SmallDisk(at: folder, megabytes: 16)
        try await PrivatePostgres.with { server in
            try server.give(disk.path)
            try FileManager.default.createDirectory(atPath: disk.path + "/tables", withIntermediateDirectories: true)
            try server.give(disk.path + "/tables")
            let admin = try await PostgresOwnConnection(PostgresAddress(server.url()))
            try await admin.run("CREATE TABLESPACE small LOCATION '\(disk.path)/tables'")
            try await admin.run("CREATE DATABASE pears TABLESPACE small")
            await admin.close()
            let database = PostgresDatabase(try PostgresAddress(server.url(database: "pears")), logger: .quiet)
            try await database.transaction { _ = try $0.run("CREATE TABLE pear (weight TEXT NOT NULL)") }
            try await database.transaction { try $0.addPears(10) }
            try disk.fill()
            let error = await #expect(throws: SQLError.self) {
                for _ in 0..<100 { try await database.transaction { try $0.addPears(1000) } }
            }
            guard case .full(let why) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(why.hasPrefix("There is no room left on the disk of the database “\(database.name)” (53100): "))
            let before = try await database.pears()
            #expect((before - 10).isMultiple(of: 1000))
            disk.free()
            try await database.transaction { try $0.addPears(1) }
            #expect(try await database.pears() == before + 1)
            await database.close()
        }
    }
}
