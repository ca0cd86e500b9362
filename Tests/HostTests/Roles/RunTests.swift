import FoundationEssentials
import Subprocess
import SystemPackage
import Testing
import TestSupport

@testable import Host

/// `host run` from its start to its end, as the real program.
@Suite(.timeLimit(.minutes(20)))
struct RunTests {
    /// Starts the program; `ready` is called with the address that the log names, then the program is told to stop.
    private func run(
        _ arguments: [String],
        in folder: String,
        signal: Signal = .terminate,
        ready: @escaping @Sendable (_ port: Int) async throws -> Void
    ) async throws -> (code: Int32?, log: [String]) {
        let result = try await Subprocess.run(
            .path(try RealHost.path()),
            arguments: Arguments(["run", "--set", "data.folder=\(folder)/data"] + arguments),
            environment: .custom([:]),
            workingDirectory: FilePath(folder),
            input: .none,
            output: .discarded,
            error: .sequence
        ) { execution in
            var log: [String] = []
            for try await line in execution.standardError.strings() {
                log.append(line)
                guard let mark = line.firstRange(of: "http.address=http://127.0.0.1:") else { continue }
                let port = line[mark.upperBound...].prefix(while: \.isNumber)
                do {
                    try await ready(try #require(Int(port)))
                } catch {
                    try execution.send(signal: .kill)
                    throw error
                }
                try execution.send(signal: signal)
            }
            return log
        }
        let code: Int32? = if case .exited(let code) = result.terminationStatus { code } else { nil }
        return (code, result.closureResult)
    }

    @Test(arguments: [Signal.terminate, .interrupt])
    func `everything in one process starts, answers, and ends with 0 when told to`(signal: Signal) async throws {
        let folder = try TestFolder()
        let path = folder.path
        let ended = try await run(["--set", "web.port=0"], in: path, signal: signal) { port in
            let health = try await RealHost.run(["health", "--set", "web.port=\(port)"], in: path)
            #expect(health.code == 0, "\(health.error)")
            let invited = try await RealHost.run(
                ["user", "invite", "--set", "web.port=\(port)", "--set", "data.folder=\(path)/data"],
                in: path
            )
            #expect(invited.output.hasPrefix("http://127.0.0.1:\(port)/setup/"))
            // A second program on the same port says what is wrong.
            let second = try await RealHost.run(["run", "--set", "web.port=\(port)"], in: path)
            #expect(second.code == 1)
            #expect(second.error.contains("Port \(port) on 127.0.0.1 is in use"))
        }
        #expect(ended.code == 0, "\(ended.log)")
        #expect(ended.log.contains { $0.contains("host user invite") })
        #expect(!ended.log.contains { $0.contains("/setup/") && !$0.contains("http.route") })
    }

    @Test(arguments: ["worker", "scheduler", "worker,scheduler"])
    func `a role without pages answers for its health`(role: String) async throws {
        let folder = try TestFolder()
        let path = folder.path
        let port = try TestServer.freePort()
        let ended = try await run(["--role", role, "--set", "health.port=\(port)"], in: path) { port in
            let arguments = ["health", "--set", "health.port=\(port)", "--set", "role=\(role)"]
            let health = try await RealHost.run(arguments, in: path)
            #expect(health.code == 0, "\(health.error)")
        }
        #expect(ended.code == 0, "\(ended.log)")
    }

    @Test func `a data folder that cannot be made is named`() async throws {
        let folder = try TestFolder()
        try folder.write("file", "")
        let ended = try await RealHost.run(["run", "--set", "data.folder=\(folder.path)/file/data"], in: folder.path)
        #expect(ended.code == 1)
        #expect(ended.error.hasPrefix("The data folder “\(folder.path)/file/data” cannot be made."))
    }

    @Test func `health says what is wrong when nothing or something else answers`() async throws {
        let server = try TestServer { _ in .response(500) }
        let other = try await RealHost.run(["health", "--set", "web.port=\(server.port)"])
        #expect(other.code == 1)
        #expect(other.error.contains("answered with the status 500"))
        let port = try TestServer.freePort()
        let nobody = try await RealHost.run(["health", "--set", "web.port=\(port)"])
        #expect(nobody.code == 1)
        #expect(nobody.error.hasPrefix("Nothing answers at http://127.0.0.1:\(port)/ready"))
    }
}
