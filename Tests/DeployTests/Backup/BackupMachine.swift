import FoundationEssentials
import PluginAPI
import TestSupport

@testable import Deploy

/// A machine of which there is only a folder and a `docker` with one database in it; scripts really run there.
final class BackupMachine: RemoteHost {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "machine-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: "\(folder)/bin", withIntermediateDirectories: true)
        let docker = TextFile.path("docker-database.sh", besides: #filePath)
        try FileManager.default.createSymbolicLink(atPath: "\(folder)/bin/docker", withDestinationPath: docker)
        try TextFile.write("APP_KEY=made-up\n", to: "\(folder)/data/coolify/source/.env")
        try TextFile.write("first", to: "\(folder)/database")
    }

    deinit {
        // The system removes what is left in its temporary folder.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// What the database holds.
    var database: String { get throws { try TextFile.read("\(folder)/database") } }
    /// What lies where backups are made, without the lock.
    var left: [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/root/price-monitor-backup")
        return (names ?? []).filter { $0 != "lock" }.sorted()
    }

    /// From now on the database takes nothing.
    func refuse() throws { try TextFile.write("", to: "\(folder)/refuses") }

    func run(_ script: String, deadline: Duration) async throws -> CommandResult {
        let here = script.replacing("/root/", with: "\(folder)/root/").replacing("/data/", with: "\(folder)/data/")
        return try await TestCommands.runner(
            Command(
                "/bin/sh",
                ["-s"],
                // As over SSH, the shell reads all of it before it begins.
                input: Array("{\n\(here)\nexit\n}\n".utf8),
                environment: ["PATH": "\(folder)/bin:/usr/bin:/bin", "DATABASE": folder],
                deadline: .seconds(600)
            )
        )
    }

    func tunnel(to port: Int) async throws -> Int { throw DeployError("This machine has no ports.") }

    func fetch(_ remotePath: String, to path: String) async throws {
        try FileManager.default.copyItem(atPath: folder + remotePath, toPath: path)
    }

    func send(_ path: String, to remotePath: String) async throws {
        try FileManager.default.copyItem(atPath: path, toPath: folder + remotePath)
    }

    func close() async {}
}
