import FoundationEssentials
import Subprocess
import TestSupport

/// Where somebody sits who runs the real program against a machine of the tests: settings, a key, a provider, a registry.
final class OperatorDesk: Sendable {
    enum Provider: String, CaseIterable, Sendable {
        case multipass, digitalocean
    }

    static let environment = "staging"

    let folder: String
    let machine: TestMachine
    let provider: Provider
    private let multipass: FakeMultipass
    private let cloud: FakeDigitalOcean
    private let cloudServer: TestServer

    /// `settings` are members of the environment besides those that every one has; `program` is what applications are to be,
    /// and without it they are only said to run.
    init(
        _ provider: Provider = .multipass,
        control: CoolifyControl = CoolifyControl(),
        registry: TestMachine.Registry = .init(),
        settings: [String: String] = [:],
        program: String? = nil,
        dataMiB: Int = 8192
    ) async throws {
        self.provider = provider
        folder = FileManager.default.temporaryDirectory.appending(path: "desk-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        _ = try await Command.output(
            "ssh-keygen",
            ["-q", "-t", "ed25519", "-N", "", "-C", "anna@laptop", "-f", "\(folder)/key"]
        )
        let key = try TextFile.read("\(folder)/key.pub")
        var control = control
        control.pulls = true
        // Multipass's first start puts the key there; the droplets of the tests are there from the beginning.
        machine = try await TestMachine(
            publicKey: provider == .multipass ? "# none yet" : key,
            registry: registry,
            control: control,
            dataMiB: dataMiB,
            program: program
        )
        try machine.killPoints.makePrograms(in: "\(folder)/bin")
        multipass = try FakeMultipass(.init(machine))
        cloud = FakeDigitalOcean()
        let address = machine.address
        cloud.change { $0.nextAddress = address }
        let (points, handler) = (machine.killPoints, cloud.handler)
        cloudServer = try TestServer { request in
            let touch = KillPoints.Touch(points)
            if touch.before() { return TestAnswer(steps: [.reset]) }
            let answer = handler(request)
            return touch.after() ? TestAnswer(steps: [.reset]) : answer
        }
        try configure(settings)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Writes the settings anew.
    func configure(_ more: [String: String] = [:], image: String? = nil, tag: String = "dev") throws {
        var members = [
            "sshKey": "\"\(folder)/key.pub\"",
            "coolify": """
            {"adminEmail": "anna@example.org", "installer": "\(TestMachine.installer)",
             "installerSHA256": "\(try TestMachine.installerSHA256)"}
            """,
            "image": #"{"name": "\#(image ?? machine.image)", "tag": "\#(tag)", "plainHTTP": true}"#,
        ]
        switch provider {
        case .multipass:
            members["provider"] = "\"multipass\""
            members["options"] = #"{"executable": "\#(multipass.executable)"}"#
        case .digitalocean:
            members["provider"] = "\"digitalocean\""
            members["options"] = #"{"server": "\#(cloudServer.url)", "sshFrom": "203.0.113.9"}"#
            members["secrets"] = #"{"token": "TEST_TOKEN"}"#
        }
        members.merge(more) { $1 }
        let text = members.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ")
        try TextFile.write(#"{"environments": {"\#(Self.environment)": {\#(text)}}}"#, to: "\(folder)/config.json")
    }

    /// Runs a verb; `hosts` are names that only this run knows, with the machine's address.
    func host(_ words: String..., variables: [String: String] = [:]) async throws -> Command.Finished {
        try await host(words, variables: variables)
    }

    func host(_ words: [String], variables: [String: String] = [:]) async throws -> Command.Finished {
        try await Command.run("env", arguments(words, variables))
    }

    /// The same, on a computer that knows `names` as the machine's and trusts what the certificate at `root` has signed.
    func host(
        _ words: String...,
        names: [String],
        trusting root: String,
        variables: [String: String] = [:]
    ) async throws -> Command.Finished {
        try await Command.run("env", try self.words(words, names: names, trusting: root, variables: variables))
    }

    /// What such a run is started by.
    func words(_ words: String..., names: [String], trusting root: String) throws -> [String] {
        try self.words(words, names: names, trusting: root, variables: [:])
    }

    private func words(
        _ words: [String],
        names: [String],
        trusting root: String,
        variables: [String: String]
    ) throws -> [String] {
        try machine.asOperator(names: names, certificate: root) + ["env"] + arguments(words, variables)
    }

    private func arguments(_ words: [String], _ variables: [String: String]) -> [String] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        var all = machine.killPoints.environment.merging(variables) { $1 }
        all["PATH"] = "\(folder)/bin:\(path)"
        all["TEST_TOKEN"] = FakeDigitalOcean.token
        return all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            + [Installation.binary, "--role", "deployer"] + words
            + [
                "--environment", Self.environment, "--config", "\(folder)/config.json", "--set",
                "data.folder=\(folder)/data",
            ]
    }

    /// Runs a verb at a terminal, where somebody types these lines, one for each question.
    func host(_ words: [String], answering lines: String...) async throws -> Command.Finished {
        let quoted = arguments(words, [:]).map { "'\($0.replacing("'", with: "'\\''"))'" }.joined(separator: " ")
        return try await Command.run(
            "sh",
            [
                "-c", #"printf '%s\n' "$1" | script --quiet --return --echo never --command "$2" /dev/null"#, "sh",
                lines.joined(separator: "\n"), "env \(quoted)",
            ]
        )
    }

    /// Where DigitalOcean's API is.
    var cloudAddress: String { cloudServer.url }

    /// What the program asked of the provider, as lines of JSON; empty for one that has no API.
    var cloudRecording: String { cloud.recording }

    /// Multipass says this of the instance from now on: `Stopped`, `Deleted`.
    func tellState(_ state: String) throws {
        try multipass.change { memory in for name in memory.instances.keys { memory.instances[name]?.state = state } }
    }

    /// Multipass tells the machine's address as it is now.
    func tellAddress() throws {
        let address = machine.address
        try multipass.change { state in for name in state.instances.keys { state.instances[name]?.ipv4 = [address] } }
    }

    /// How many machines the provider has.
    var machines: Int {
        get throws {
            switch provider {
            case .multipass: try multipass.state.instances.count
            case .digitalocean: cloud.cloud.droplets.count
            }
        }
    }

    /// What is there besides one machine, one project, two databases and three applications that are well; empty for that.
    func wrongs() throws -> [String] {
        var wrongs: [String] = []
        func compare(_ what: String, _ found: Int, _ wanted: Int) {
            if found != wanted { wrongs.append("\(found) \(what) instead of \(wanted)") }
        }
        compare("machines", try machines, 1)
        guard let state = try machine.state else { return wrongs + ["no Coolify"] }
        compare("projects", state.projects.count, 1)
        compare("databases", state.databases.count, 2)
        compare("applications", state.applications.count, 3)
        compare("tokens", state.tokens.count, 2)
        compare("accounts", state.users.count, 1)
        for (name, status) in state.databases.map({ ($0.name, $0.status) })
            + state.applications.map({ ($0.name, $0.status) })
        where status != "running:healthy" {
            wrongs.append("\(name) is \(status)")
        }
        let roles = state.applications.compactMap { $0.container?.variables["HOST_ROLE"] }.sorted()
        if roles != ["scheduler", "web", "worker"] { wrongs.append("roles \(roles)") }
        return wrongs
    }

    /// Every password and token that was made for the environment.
    func secrets() throws -> [String] {
        let text = try TextFile.read("\(folder)/data/deploy/\(Self.environment).secrets.json")
        return text.matches(of: /" : "([A-Za-z0-9._!-]{28,})"/).map { String($0.output.1) }
    }
}
