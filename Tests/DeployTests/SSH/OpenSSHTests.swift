import FoundationEssentials
import PluginAPI
import TestSupport
import Testing

@testable import Deploy

/// The way into a machine by the real OpenSSH, with keys in files and in an agent.
@Suite(.timeLimit(.minutes(20)), .enabled(if: TestMachine.isPossible, "\(TestMachine.whyNot ?? "")"))
struct OpenSSHTests {
    /// Many tests may wait for the same two cores.
    private static let patience = Duration.seconds(600)

    enum Place: CaseIterable, Sendable {
        /// A file that anybody could use.
        case file
        /// The agent alone.
        case agent
        /// A file with a passphrase; the agent has it too.
        case lockedFile
    }

    /// A server that was offered six wrong keys hangs up.
    @Test(arguments: Place.allCases)
    func `the key is found beside many others that the agent has`(place: Place) async throws {
        let bed = try await Bed()
        for _ in 0..<7 { try await bed.add(try await Key.make()) }
        if place != .file { try await bed.add(bed.key) }
        switch place {
        case .file: break
        case .agent: try FileManager.default.removeItem(atPath: "\(bed.key.folder)/key")
        case .lockedFile: try await bed.lock()
        }
        let connection = try bed.connection(place == .agent ? "key.pub" : "key")
        let said = try await connection.run("echo in", deadline: Self.patience)
        #expect(String(decoding: said.output, as: UTF8.self) == "in\n")
        await connection.close()
    }

    @Test func `a passphrase that nobody can be asked for is named`() async throws {
        let bed = try await Bed()
        try await bed.lock()
        let connection = try bed.connection("key")
        let error = await #expect(throws: DeployError.self) {
            try await connection.run("true", deadline: Self.patience)
        }
        #expect(error?.description.contains("one with a passphrase has to be in the agent") == true)
        await connection.close()
    }

    /// A machine, the key that it lets in, and an agent.
    private final class Bed: Sendable {
        let key: Key
        let machine: TestMachine
        private let agent: ChildProcess
        private let socket: String
        private let pins: HostKeyPins

        init() async throws {
            key = try await Key.make()
            machine = try await TestMachine(publicKey: key.line)
            socket = FileManager.default.temporaryDirectory.appending(path: "agent-\(UUID().uuidString.prefix(8))").path
            // It ends with what it starts.
            agent = try ChildProcess("/usr/bin/ssh-agent", ["-a", socket, "sh", "-c", "echo there; exec cat"])
            _ = try await agent.lines(1)
            pins = HostKeyPins("\(key.folder)/known_hosts")
            let scanned = try await ProcessRunner.run(
                Command("ssh-keyscan", ["-T", "60", machine.address], deadline: patience)
            )
            try pins.pin(HostKeyPins.keys(inScan: scanned.output), as: "pma-test-1")
        }

        func add(_ key: Key) async throws { try await run("ssh-add", ["-q", "\(key.folder)/key"]) }

        /// Gives the file a passphrase.
        func lock() async throws {
            try await run("ssh-keygen", ["-q", "-p", "-P", "", "-N", "a word", "-f", "\(key.folder)/key"])
        }

        func connection(_ file: String) throws -> OpenSSH {
            let run: CommandRunner = { command in
                try await ProcessRunner.run(
                    Command(
                        command.executable,
                        command.arguments,
                        input: command.input,
                        environment: ["SSH_AUTH_SOCK": self.socket],
                        deadline: command.deadline
                    )
                )
            }
            let identity = "\(key.folder)/\(file)"
            return try OpenSSH(machine.address, .init(mark: "pma-test-1", pins: pins, identity: identity, run: run))
        }

        private func run(_ program: String, _ words: [String]) async throws {
            let command = Command(program, words, environment: ["SSH_AUTH_SOCK": socket], deadline: patience)
            let ended = try await ProcessRunner.run(command)
            try #require(ended.exitCode == 0, "\(String(decoding: ended.errors, as: UTF8.self))")
        }
    }
}
