import Foundation
import Model
import PluginAPI
import TestSupport
import Testing

@testable import Deploy

/// What stands still for a restore, and what is left of one that failed.
@Suite(.timeLimit(.minutes(20)))
struct RestorationTests {
    /// Somebody who has an environment, a backup of it, and data that are newer.
    private final class Owner: Sendable {
        let bed: CoolifyBed
        let site: CoolifySite
        let machine: BackupMachine
        let backup: EnvironmentBackup
        let path: String

        init() async throws {
            bed = try await CoolifyBed()
            site = bed.site()
            try await site.apply()
            machine = try BackupMachine()
            let database = try #require(DatabaseContainer(url: "postgres://prices:x@abc:5432/prices"))
            backup = EnvironmentBackup(machine, database)
            path = "\(machine.folder)/here.tar"
            _ = try await backup.back(upTo: path) { _ in }
            try TextFile.write("second", to: "\(machine.folder)/database")
        }

        func restore(_ other: String? = nil, at seconds: Int = 1_795_435_200) async throws -> String {
            try await Restoration(backup, ApplicationSwitch(site.work)).perform(
                from: other ?? path,
                at: Timestamp(milliseconds: seconds * 1000),
                begin: { _ in },
                say: { _ in }
            )
        }

        /// Whether none was stopped so far.
        var allRun: Bool {
            get throws {
                let state = try bed.coolify.state
                return state.applications.count == 3 && state.applications.allSatisfy { $0.container != nil }
            }
        }
    }

    @Test func `a backup leaves nothing on the machine, and comes back`() async throws {
        let owner = try await Owner()
        #expect(owner.machine.left == [])
        let before = try await owner.restore()
        #expect(try owner.machine.database == "first")
        #expect(owner.machine.left == ["before-1795435200.dump"])
        #expect(before == "/root/price-monitor-backup/before-1795435200.dump")
        #expect(try TextFile.read("\(owner.machine.folder)\(before)") == "PGDMPsecond")
        #expect(try owner.allRun)
        await owner.bed.close()
    }

    @Test func `what is no backup is found before anything is stopped`() async throws {
        let owner = try await Owner()
        let folder = owner.machine.folder
        let whole = try Data(contentsOf: URL(filePath: owner.path))
        try TextFile.write("nothing of the kind", to: "\(folder)/text.tar")
        // Behind the dump, in the middle of the next header.
        try whole.prefix(1500).write(to: URL(filePath: "\(folder)/half.tar"))
        try TextFile.write("PGDMP", to: "\(folder)/other/database.dump")
        try TextFile.write("x", to: "\(folder)/other/stranger")
        try TextFile.write("garbage", to: "\(folder)/torn/database.dump")
        for (name, files) in [("other", "database.dump stranger"), ("torn", "database.dump")] {
            let made = try await owner.machine.run("tar -cf \(folder)/\(name).tar -C \(folder)/\(name) \(files)")
            #expect(made.exitCode == 0)
        }
        // Stopping would be the first request that changes something.
        let requests = try owner.bed.coolify.requests.count
        for (name, words) in [
            ("missing", "can't be read"), ("text", "is no backup"), ("half", "is no backup"), ("other", "is no backup"),
            ("torn", "valid archive"),
        ] {
            let error = await #expect(throws: DeployError.self) { try await owner.restore("\(folder)/\(name).tar") }
            #expect(error?.description.contains(words) == true, "\(name): \(error?.description ?? "")")
            #expect(owner.machine.left == [], "\(name)")
        }
        #expect(try owner.bed.coolify.requests.count == requests)
        #expect(try owner.allRun)
        #expect(try owner.machine.database == "second")
        await owner.bed.close()
    }

    @Test func `where the database does not take it, the applications serve what is there`() async throws {
        let owner = try await Owner()
        try owner.machine.refuse()
        let error = await #expect(throws: DeployError.self) { try await owner.restore() }
        #expect(error?.description.contains("no space left on device") == true)
        #expect(error?.description.contains("are stopped") == false)
        #expect(try owner.allRun)
        #expect(try owner.machine.database == "second")
        #expect(!owner.machine.left.contains("new") && !owner.machine.left.contains("backup.tar"))
        await owner.bed.close()
    }

    @Test func `where they can't be started either, that is said too`() async throws {
        let owner = try await Owner()
        try owner.machine.refuse()
        try owner.bed.coolify.change { $0.neverHealthy = ["price-monitor-web"] }
        let error = await #expect(throws: DeployError.self) { try await owner.restore() }
        let words = error?.description ?? ""
        #expect(words.contains("no space left on device"), "\(words)")
        #expect(words.contains("The applications are stopped and could not be started again: "), "\(words)")
        #expect(words.hasSuffix("“apply” starts them."), "\(words)")
        // It does.
        try owner.bed.coolify.change { $0.neverHealthy = [] }
        try await owner.site.apply()
        #expect(try owner.allRun)
        await owner.bed.close()
    }

    @Test func `what was there before the last three is kept`() async throws {
        let owner = try await Owner()
        for number in 1...5 { _ = try await owner.restore(at: 1_795_435_200 + number) }
        #expect(owner.machine.left == (3...5).map { "before-179543520\($0).dump" })
        await owner.bed.close()
    }

    /// GNU tar writes what is larger than its octal digits can say as a number of bytes.
    @Test func `archives of every size are read through`() async throws {
        let folder = try BackupMachine().folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        // Nothing but holes, on every disk.
        let made = try await TestCommands.runner(
            Command(
                "/bin/sh",
                [
                    "-c",
                    "cd '\(folder)' && truncate -s 9G large && echo a >small && tar -c small large | head -c 2048 >a.tar",
                ]
            )
        )
        #expect(made.exitCode == 0)
        #expect(try TarListing.names(in: "\(folder)/a.tar") == nil)
        let file = try FileHandle(forWritingTo: URL(filePath: "\(folder)/a.tar"))
        try file.truncate(atOffset: 512 * 3 + 9 << 30 + 1024)
        try file.close()
        #expect(try TarListing.names(in: "\(folder)/a.tar") == ["small", "large"])
    }
}
