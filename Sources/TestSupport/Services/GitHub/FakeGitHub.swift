import Crypto
import FoundationEssentials
package import PluginAPI

/// A GitHub in a folder of its own, which goes with the object: `fake-github.py`, with what it remembers, for the real `gh`.
package final class FakeGitHub: Sendable {
    /// As the fake remembers it.
    package struct Secret: Codable, Sendable {
        package var name: String
        /// What was in the sealed box.
        package var value: String
        package var created: String
        package var updated: String

        package init(name: String, value: String, created: String, updated: String) {
            self.name = name
            self.value = value
            self.created = created
            self.updated = updated
        }
    }

    package struct Repository: Codable, Sendable {
        package var secrets: [String: Secret] = [:]
        /// The private half of its key, as base64.
        package var key: String
        package var keyID = "568250167242549743"

        package init() {
            key = Curve25519.KeyAgreement.PrivateKey().rawRepresentation.base64EncodedString()
        }
    }

    /// One whose token is known.
    package struct Account: Codable, Sendable {
        /// `admin` or `read`, by repository; of others it sees nothing.
        package var rights: [String: String]

        package init(_ rights: [String: String]) { self.rights = rights }
    }

    /// What goes wrong with the next requests of a method, `*` for each.
    package struct Trouble: Codable, Sendable {
        package var method: String
        package var status: Int
        package var message: String
        package var times: Int

        package init(_ method: String, _ status: Int, _ message: String, times: Int = 1) {
            self.method = method
            self.status = status
            self.message = message
            self.times = times
        }
    }

    package struct Request: Codable, Hashable, Sendable {
        package let method: String
        package let url: String
        package let headers: [String: String]
        package let body: String?
    }

    /// All that it remembers.
    package struct State: Codable, Sendable {
        /// By full name.
        package var repositories: [String: Repository] = [FakeGitHub.repository: Repository()]
        /// By token.
        package var accounts: [String: Account] = [FakeGitHub.token: Account([FakeGitHub.repository: "admin"])]
        package var troubles: [Trouble] = []
        /// Whether the names of secrets are for those alone who may change them.
        package var hidesNames = true
        /// How many seconds of its time went by: one for each change.
        package var seconds = 0
        /// Oldest first, without the token.
        package var requests: [Request] = []
        /// What it refused by its own rules, oldest first.
        package var refusals: [String] = []

        package init() {}
    }

    package static let repository = "anna/agent"
    package static let token = "ghp_5ecretOfTheTest"

    private let folder: String
    private let authority: TestAuthority
    private let child: ChildProcess
    private let port: Int

    package init(_ state: State = State()) async throws {
        let name = "price-monitor-github-\(UUID().uuidString)"
        folder = FileManager.default.temporaryDirectory.appending(path: name).path
        authority = try await TestAuthority()
        let certificate = try await authority.issue(for: "api.github.com")
        try TextFile.write(certificate.text, to: "\(folder)/server.crt")
        try TextFile.write(certificate.key, to: "\(folder)/server.key")
        try Self.write(state, to: folder)
        let script = TextFile.path("fake-github.py", besides: #filePath)
        child = try ChildProcess("/usr/bin/python3", [script, folder])
        guard let port = try await child.lines(1).first.flatMap({ Int($0) }) else {
            throw ChildProcess.Failure(description: "The fake GitHub does not say its port.")
        }
        self.port = port
    }

    deinit {
        child.close()
        // What cannot be removed now goes with the machine's temporary folder.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Whether `gh` and Python's PyNaCl are there.
    package static func isPossible() async throws -> Bool {
        // A busy machine takes its time; only a program that is not there is a reason to do without.
        func works(_ program: String, _ arguments: [String]) async throws -> Bool {
            try await TestCommands.runner(Command(program, arguments, deadline: .seconds(600))).exitCode == 0
        }
        do {
            guard try await works("gh", ["--version"]) else { return false }
            return try await works("/usr/bin/python3", ["-c", "import nacl"])
        } catch CommandError.notRunnable {
            return false
        }
    }

    package static let missing = "Needs the Debian packages gh and python3-nacl: scripts/setup test installs them."

    /// What leads `gh` here; without a token it is not signed in.
    package func environment(token: String? = FakeGitHub.token) -> [String: String] {
        var environment = [
            "HTTPS_PROXY": "http://127.0.0.1:\(port)", "NO_PROXY": "", "SSL_CERT_FILE": authority.root,
            "GH_CONFIG_DIR": "\(folder)/config", "GH_TOKEN": "", "GITHUB_TOKEN": "",
        ]
        if let token { environment["GH_TOKEN"] = token }
        return environment
    }

    /// Really runs programs, led here.
    package func runner(token: String? = FakeGitHub.token) -> CommandRunner {
        let here = environment(token: token)
        return { command in
            try await TestCommands.runner(
                Command(
                    command.executable,
                    command.arguments,
                    input: command.input,
                    environment: command.environment.merging(here) { _, new in new },
                    deadline: command.deadline,
                    outputLimit: command.outputLimit
                )
            )
        }
    }

    /// Only while nobody asks it.
    package var state: State {
        get throws { try JSONDecoder().decode(State.self, from: Data(TextFile.read("\(folder)/state.json").utf8)) }
    }

    /// Only while nobody asks it.
    package func change(_ body: (inout State) -> Void) throws {
        var state = try state
        body(&state)
        try Self.write(state, to: folder)
    }

    /// The values of the repository's secrets, by name.
    package var values: [String: String] {
        get throws { try state.repositories[Self.repository]?.secrets.mapValues(\.value) ?? [:] }
    }

    /// Every request as a line of JSON, for the judge.
    package var recording: String {
        get throws {
            try state.requests.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) + "\n" }.joined()
        }
    }

    private static func write(_ state: State, to folder: String) throws {
        try TextFile.write(String(decoding: try JSONEncoder().encode(state), as: UTF8.self), to: "\(folder)/state.json")
    }
}
