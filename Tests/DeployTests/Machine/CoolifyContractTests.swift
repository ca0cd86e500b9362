import FoundationEssentials
import PluginAPI
import TestSupport
import Testing

/// The fake against what was read from Coolify's source, and a good life on it against Coolify's own description.
@Suite(.timeLimit(.minutes(20)))
struct CoolifyContractTests {
    private static let folder = ProcessInfo.processInfo.environment["SHARED_FOLDER"] ?? ""
    private static let contract = "\(folder)/specs/coolify-contract-v4.3.10.json"
    private static let missing: Comment = "Set SHARED_FOLDER to the folder with specs and tools/contract."

    private static func isThere(_ path: String) -> Bool {
        !folder.isEmpty && FileManager.default.fileExists(atPath: path)
    }

    @Test(.enabled(if: isThere(contract), missing))
    func `the fields that the fake takes are those of Coolify's source`() async throws {
        let machine = TextFile.path("../../../Sources/TestSupport/Machine/coolify", besides: #filePath)
        let script = """
            import json, sys
            sys.path.insert(0, sys.argv[1])
            sys.dont_write_bytecode = True
            import rules
            endpoints = json.load(open(sys.argv[2], encoding="utf-8"))["endpoints"]
            for name, table in rules.CONTRACT.items():
                fields = set(endpoints[name]["allowed_fields"])
                if fields != set(table):
                    print(name, "lacks", sorted(fields - set(table)), "and makes up", sorted(set(table) - fields))
            """
        let result = try await TestCommands.runner(Command("python3", ["-c", script, machine, Self.contract]))
        #expect(result.exitCode == 0, "\(String(decoding: result.errors, as: UTF8.self))")
        #expect(String(decoding: result.output, as: UTF8.self) == "")
    }

    @Test(
        .enabled(Comment(rawValue: RequestJudge.missing)) { try await RequestJudge.isThere() }
    )
    func `a good life on it is one that Coolify's description takes`() async throws {
        let world = try await CoolifyWorld()
        let app = "/applications/\(world.application)"
        let postgres = "/databases/\(world.postgres)"
        let bulk = #"{"data":[{"key":"HOST_ROLE","value":"web","is_literal":true,"is_preview":false}]}"#
        let calls: [(String, String, String?)] = [
            ("GET", "/version", nil), ("GET", "/projects", nil), ("GET", "/projects/\(world.project)", nil),
            ("GET", "/projects/\(world.project)/production", nil), ("PATCH", "\(app)/envs/bulk", bulk),
            ("GET", "\(app)/envs", nil), ("GET", postgres, nil), ("GET", postgres, nil),
            ("POST", "\(postgres)/backups", #"{"frequency":"daily","enabled":true,"backup_now":true}"#),
            ("GET", "\(postgres)/backups", nil),
            ("PATCH", app, #"{"docker_registry_image_tag":"v2","domains":"https://app.example.org"}"#),
            ("POST", "\(app)/storages", #"{"type":"persistent","name":"data","mount_path":"/data"}"#),
            ("POST", "/deploy?uuid=\(world.application)&force=false", nil), ("GET", "/deployments", nil),
            ("GET", "/deployments/applications/\(world.application)?skip=0&take=10", nil), ("GET", app, nil),
            ("GET", "\(app)/logs?lines=100", nil), ("POST", "\(app)/restart", nil), ("GET", app, nil),
            ("POST", "\(app)/stop", nil), ("POST", "\(postgres)/stop", nil), ("POST", "\(postgres)/start", nil),
            ("DELETE", "\(app)?delete_volumes=true", nil), ("DELETE", "\(postgres)?delete_volumes=false", nil),
            ("DELETE", "/databases/\(world.redis)", nil), ("GET", "/applications", nil), ("GET", "/databases", nil),
            ("DELETE", "/projects/\(world.project)", nil),
        ]
        for (method, path, body) in calls {
            let reply = try #require(try await world.caller.ask(method, path, body))
            #expect((200..<300).contains(reply.status), "\(method) \(path): \(reply.status) \(reply.body)")
        }
        let verdict = try await RequestJudge("coolify").verdict(on: try TextFile.read(world.fake.recording))
        #expect(verdict.faults == [])
        #expect(verdict.judged >= calls.count - 4)
    }
}
