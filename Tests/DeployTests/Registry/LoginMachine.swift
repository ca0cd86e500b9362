import FoundationEssentials
import PluginAPI
import TestSupport

@testable import Deploy

/// A machine of which there is only root's home with Docker's file of log-ins; scripts really run, in a folder.
final class LoginMachine: RemoteHost {
    private let folder: String
    /// Every script so far.
    let scripts = Recorder<String>()

    /// `config` is what stands in Docker's file; nil: there is none.
    init(_ config: String? = nil) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "machine-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: "\(folder)/bin", withIntermediateDirectories: true)
        let docker = TextFile.path("docker-logins.py", besides: #filePath)
        try FileManager.default.createSymbolicLink(atPath: "\(folder)/bin/docker", withDestinationPath: docker)
        if let config { try TextFile.write(config, to: "\(folder)/.docker/config.json") }
    }

    deinit {
        // The system removes what is left in its temporary folder.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// What stands in Docker's file.
    var config: String { get throws { try TextFile.read("\(folder)/.docker/config.json") } }
    /// The arguments of each call of `docker`, as lines of JSON.
    var calls: [String] { ((try? TextFile.read("\(folder)/calls")) ?? "").split(separator: "\n").map(String.init) }

    func run(_ script: String, deadline: Duration) async throws -> CommandResult {
        scripts.record(script)
        let here = script.replacing("/root", with: folder)
        let path = "\(folder)/bin:/usr/bin:/bin"
        return try await TestCommands.runner(
            Command("/bin/sh", ["-s"], input: Array(here.utf8), environment: ["PATH": path], deadline: .seconds(600))
        )
    }

    func tunnel(to port: Int) async throws -> Int { throw DeployError("This machine has no ports.") }
    func fetch(_ remotePath: String, to path: String) async throws { throw DeployError("Nothing is copied here.") }
    func send(_ path: String, to remotePath: String) async throws { throw DeployError("Nothing is copied here.") }
    func close() async {}
}
