import FoundationEssentials
import PluginAPI
import TestSupport
import Testing

@testable import Deploy

/// The real `gh`, led to a GitHub of this machine.
@Suite(.timeLimit(.minutes(20)), .enabled(Comment(rawValue: FakeGitHub.missing)) { try await FakeGitHub.isPossible() })
struct GitHubStageTests {
    private static let names = [
        "COOLIFY_TOKEN", "COOLIFY_WEBHOOK_WEB", "COOLIFY_WEBHOOK_WORKER", "COOLIFY_WEBHOOK_SCHEDULER",
    ]

    /// An environment whose applications are there.
    private final class Site: Sendable {
        let secrets = GeneratedSecrets()
        let discoveries = Discoveries()
        let folder: String
        var record: String { "\(folder)/production.github.json" }

        init() throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "deploy-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            discoveries.note { found in
                found.address = "203.0.113.7"
                found.applications = [.web: "web1", .worker: "worker1", .scheduler: "scheduler1"]
            }
        }

        deinit {
            // The system removes what is left in its temporary folder.
            try? FileManager.default.removeItem(atPath: folder)
        }

        func stage(_ run: @escaping CommandRunner, domain: String? = "prices.example.com") -> GitHubStage {
            GitHubStage(
                .init(FakeGitHub.repository),
                roles: ApplicationRole.allCases,
                secrets: secrets,
                domain: domain,
                discoveries: discoveries,
                cli: GitHubCLI(run, deadline: .seconds(600)),
                record: record
            )
        }

        /// Does what the survey lists, and looks again.
        func apply(_ stage: GitHubStage) async throws -> StageSurvey {
            for change in try await stage.survey().changes { try await stage.perform(change) { _ in } }
            return try await stage.survey()
        }
    }

    @Test func `the secrets are set, encrypted, and a second run changes nothing`() async throws {
        let (github, site) = (try await FakeGitHub(), try Site())
        let arguments = Recorder<String>()
        let runner = github.runner()
        let stage = site.stage { command in
            for argument in command.arguments { arguments.record(argument) }
            return try await runner(command)
        }
        #expect(try await stage.precheck() == [])
        let survey = try await stage.survey()
        #expect(survey.changes.map(\.kind) == [.create, .create, .create, .create])
        #expect(survey.changes.map(\.what) == Self.names.map { "the secret \($0) of anna/agent" })
        #expect(survey.changes == stage.outlook())
        let after = try await site.apply(stage)
        #expect(after.changes == [])
        #expect(after.facts.last == .init("secrets", Self.names.joined(separator: ", ")))
        let address = "https://coolify.prices.example.com/api/v1/deploy"
        #expect(
            try github.values == [
                "COOLIFY_TOKEN": site.secrets.deployToken,
                "COOLIFY_WEBHOOK_WEB": "\(address)?uuid=web1&force=false",
                "COOLIFY_WEBHOOK_WORKER": "\(address)?uuid=worker1&force=false",
                "COOLIFY_WEBHOOK_SCHEDULER": "\(address)?uuid=scheduler1&force=false",
            ]
        )
        let puts = try github.state.requests.count { $0.method == "PUT" }
        #expect(puts == 4)
        #expect(try await site.apply(site.stage(github.runner())).changes == [])
        #expect(try github.state.requests.count { $0.method == "PUT" } == puts)
        #expect(try github.state.refusals == [])
        // Other programs can read what is among the arguments.
        #expect(arguments.values.contains("COOLIFY_TOKEN"))
        #expect(!arguments.values.contains { $0.contains(site.secrets.deployToken) })
        let kept = try TextFile.read(site.record)
        #expect(!kept.contains(site.secrets.deployToken))
        #expect(!kept.contains("web1"))
        let rights = try FileManager.default.attributesOfItem(atPath: site.record)[.posixPermissions] as? Int
        #expect(rights == 0o600)
    }

    @Test func `what somebody else removed or set is seen and set right`() async throws {
        let (github, site) = (try await FakeGitHub(), try Site())
        let stage = site.stage(github.runner())
        #expect(try await site.apply(stage).changes == [])
        try github.change { state in
            state.repositories["anna/agent"]?.secrets["COOLIFY_TOKEN"] = nil
            state.repositories["anna/agent"]?.secrets["COOLIFY_WEBHOOK_WEB"]?.value = "https://elsewhere.example"
            state.repositories["anna/agent"]?.secrets["COOLIFY_WEBHOOK_WEB"]?.updated = "2026-12-02T00:00:00Z"
        }
        let survey = try await stage.survey()
        #expect(survey.changes.map(\.id) == ["coolify-token", "coolify-webhook-web"])
        #expect(survey.changes.map(\.kind) == [.create, .change])
        #expect(survey.changes.last?.why.hasPrefix("Somebody else set it at 2026-12-02T00:00:00Z;") == true)
        #expect(try await site.apply(stage).changes == [])
        #expect(try github.values["COOLIFY_WEBHOOK_WEB"]?.contains("uuid=web1") == true)
        #expect(try github.values["COOLIFY_TOKEN"] == site.secrets.deployToken)
    }

    @Test func `another application, another address and a repository that was set up by hand are set right`()
        async throws
    {
        let (github, site) = (try await FakeGitHub(), try Site())
        try github.change { state in
            state.repositories["anna/agent"]?.secrets["COOLIFY_TOKEN"] = .init(
                name: "COOLIFY_TOKEN",
                value: "by hand",
                created: "2026-01-01T00:00:00Z",
                updated: "2026-01-01T00:00:00Z"
            )
        }
        let stage = site.stage(github.runner())
        #expect(try await stage.survey().changes.first?.kind == .change)
        #expect(try await site.apply(stage).changes == [])
        site.discoveries.note { $0.applications[.worker] = "worker2" }
        let changed = try await stage.survey().changes
        #expect(changed.map(\.id) == ["coolify-webhook-worker"])
        #expect(changed.first?.why.hasPrefix("What it was set to from here") == true)
        let moved = site.stage(github.runner(), domain: nil)
        #expect(try await moved.survey().changes.count == 3)
        #expect(try await site.apply(moved).changes == [])
        #expect(
            try github.values["COOLIFY_WEBHOOK_WORKER"]
                == "https://coolify.203.0.113.7.sslip.io/api/v1/deploy?uuid=worker2&force=false"
        )
    }

    @Test func `a run that was killed between setting and writing down sets it again`() async throws {
        let (github, site) = (try await FakeGitHub(), try Site())
        let stage = site.stage(github.runner())
        let runner = github.runner()
        let killed = site.stage { command in
            let result = try await runner(command)
            if command.arguments.starts(with: ["secret", "set"]) { throw CancellationError() }
            return result
        }
        let change = try #require(try await stage.survey().changes.first)
        await #expect(throws: CancellationError.self) { try await killed.perform(change) { _ in } }
        #expect(try await stage.survey().changes.first?.kind == .change)
        #expect(try await site.apply(stage).changes == [])
    }

    @Test func `those that were set from here go with the environment, and no others`() async throws {
        let (github, site) = (try await FakeGitHub(), try Site())
        let stage = site.stage(github.runner())
        #expect(try await stage.removal() == [])
        #expect(try await site.apply(stage).changes == [])
        try github.change { state in
            state.repositories["anna/agent"]?.secrets["COOLIFY_WEBHOOK_WEB"]?.updated = "2026-12-02T00:00:00Z"
        }
        let changes = try await stage.removal()
        #expect(changes.map(\.kind) == [.destroy, .destroy, .destroy])
        for change in changes { try await stage.perform(change) { _ in } }
        // One that is done already is fine.
        if let first = changes.first { try await stage.perform(first) { _ in } }
        #expect(try await stage.removal() == [])
        #expect(try github.values.keys.sorted() == ["COOLIFY_WEBHOOK_WEB"])
    }

    @Test func `a machine that GitHub can't reach, and applications that are not there, are not told to it`()
        async throws
    {
        let (github, site) = (try await FakeGitHub(), try Site())
        site.discoveries.note { $0.address = "10.1.2.3" }
        let survey = try await site.stage(github.runner(), domain: nil).survey()
        #expect(survey.changes.map(\.kind) == [.person])
        #expect(survey.changes.first?.why.contains("http://coolify.10.1.2.3.sslip.io") == true)
        site.discoveries.note { $0.applications[.web] = nil }
        let early = try await site.stage(github.runner()).survey()
        #expect(early.changes == [])
        #expect(early.obstacle != nil)
        #expect(try github.state.requests == [])
    }

    @Test func `a record that can't be read is named`() async throws {
        let (github, site) = (try await FakeGitHub(), try Site())
        try TextFile.write("{", to: site.record)
        let error = await #expect(throws: DeployError.self) { try await site.stage(github.runner()).survey() }
        #expect(error?.description.contains(site.record) == true)
    }

    // MARK: What keeps gh from it

    /// What the plan says, which is for a person and lets all else go on.
    private func words(_ stage: GitHubStage) async throws -> String {
        let survey = try await stage.survey()
        #expect(survey.changes.map(\.kind) == [.person])
        #expect(survey.obstacle == nil)
        #expect(try await stage.precheck() == survey.changes)
        return survey.changes.first?.why ?? ""
    }

    @Test func `gh that is not there, is not signed in or has an old token is told, with the command to give`()
        async throws
    {
        let (github, site) = (try await FakeGitHub(), try Site())
        let absent: CommandRunner = { _ in throw CommandError.notRunnable("There is no program “gh” on this machine.") }
        #expect(try await words(site.stage(absent)).contains("sudo apt install gh"))
        let stranger = try await words(site.stage(github.runner(token: nil)))
        #expect(stranger.hasPrefix("gh is not signed in. Give the command “gh auth login"))
        let old = try await words(site.stage(github.runner(token: "ghp_old")))
        #expect(old.hasPrefix("GitHub refuses the token that gh has"))
        #expect(!old.contains("ghp_old"))
    }

    @Test func `a repository that is not there, or is somebody else's, is told`() async throws {
        let (github, site) = (try await FakeGitHub(), try Site())
        try github.change { state in
            state.accounts["ghp_reader"] = .init(["anna/agent": "read"])
            state.accounts["ghp_nobody"] = .init([:])
        }
        let reader = try await words(site.stage(github.runner(token: "ghp_reader")))
        #expect(reader.contains("“gh auth refresh --hostname github.com --scopes repo”"))
        let nobody = try await words(site.stage(github.runner(token: "ghp_nobody")))
        #expect(nobody.hasPrefix("GitHub has no repository anna/agent"))
        try github.change { $0.hidesNames = false }
        let stage = site.stage(github.runner(token: "ghp_reader"))
        let change = try #require(try await stage.survey().changes.first)
        let error = await #expect(throws: DeployError.self) { try await stage.perform(change) { _ in } }
        #expect(error?.description.hasPrefix("the secret COOLIFY_TOKEN of anna/agent can't be changed.") == true)
        #expect(error?.description.contains(site.secrets.deployToken) == false)
    }

    @Test func `too many questions and trouble at GitHub are told`() async throws {
        let (github, site) = (try await FakeGitHub(), try Site())
        try github.change { $0.troubles = [.init("GET", 403, "API rate limit exceeded for user ID 1.", times: 2)] }
        #expect(try await words(site.stage(github.runner())).hasPrefix("GitHub was asked too often."))
        try github.change { $0.troubles = [.init("GET", 502, "Server Error", times: 2)] }
        #expect(try await words(site.stage(github.runner())).contains("gh: Server Error (HTTP 502)"))
    }

    // MARK: The official description

    @Test(.enabled(Comment(rawValue: RequestJudge.missing)) { try await RequestJudge.isThere() })
    func `what gh asks is what GitHub's description takes`() async throws {
        let (github, site) = (try await FakeGitHub(), try Site())
        let stage = site.stage(github.runner())
        #expect(try await site.apply(stage).changes == [])
        for change in try await stage.removal() { try await stage.perform(change) { _ in } }
        let verdict = try await RequestJudge("github").verdict(on: try github.recording)
        #expect(verdict.faults == [])
        #expect(verdict.judged > 8)
    }

    @Test func `the fake refuses what GitHub refuses`() async throws {
        let github = try await FakeGitHub()
        let runner = github.runner()
        func put(_ name: String, _ body: String) async throws -> String {
            let arguments = ["api", "-X", "PUT", "repos/anna/agent/actions/secrets/\(name)", "--input", "-"]
            let command = Command("gh", arguments, input: Array(body.utf8), deadline: .seconds(600))
            return String(decoding: try await runner(command).errors, as: UTF8.self)
        }
        let key = "568250167242549743"
        for (name, body) in [
            ("A", "{}"), ("A", #"{"encrypted_value":"AAAA"}"#), ("A", #"{"key_id":"\#(key)"}"#),
            ("A", #"{"encrypted_value":"AAAA","key_id":"\#(key)"}"#),
            ("A", #"{"encrypted_value":"*","key_id":"\#(key)"}"#),
            ("A", #"{"encrypted_value":"AAAA","key_id":"1"}"#),
            ("A", #"{"encrypted_value":"AAAA","key_id":"\#(key)","x":1}"#),
            ("GITHUB_A", #"{"encrypted_value":"AAAA","key_id":"\#(key)"}"#),
            ("1A", #"{"encrypted_value":"AAAA","key_id":"\#(key)"}"#), ("A", "[]"),
        ] {
            #expect(try await put(name, body).contains("HTTP 422"), "\(name) \(body)")
        }
        #expect(try await put("A", "{").contains("HTTP 400"))
        #expect(try github.values.isEmpty)
        #expect(try github.state.refusals.count == 11)
    }
}
