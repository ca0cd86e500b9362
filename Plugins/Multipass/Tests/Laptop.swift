import PluginAPI
import Synchronization
import TestSupport
import Testing

@testable import MultipassPlugin

/// A computer with a Multipass, and what is wanted on it.
struct Laptop {
    let fake: FakeMultipass
    let clock = ImpatientClock()
    let request = SampleMachine.request()
    let lines = Recorder<String>()
    let meddler = Meddler()
    let network = Network()
    private let values: [String: String]

    init(
        _ values: [String: String] = [:],
        name: String = "multipass",
        _ change: (inout FakeMultipass.State) -> Void = { _ in }
    ) throws {
        var state = FakeMultipass.State()
        state.startingLooks = 1
        change(&state)
        fake = try FakeMultipass(state, name: name)
        self.values = ["executable": fake.executable].merging(values) { _, new in new }
    }

    func plugin() throws -> Multipass {
        try Multipass(PluginSetup(of: Multipass.self, values, run: network.runner(meddler.runner), clock: clock))
    }

    func survey() async throws -> MachineSurvey { try await plugin().survey(request) }

    /// Looks, makes each change, and looks again.
    @discardableResult
    func apply() async throws -> MachineSurvey {
        let plugin = try plugin()
        for change in try await plugin.survey(request).changes { try await perform(change) }
        return try await plugin.survey(request)
    }

    func perform(_ change: MachineChange) async throws {
        let lines = lines
        try await plugin().perform(change, for: request) { lines.record($0) }
    }

    func destroy() async throws {
        for change in try await plugin().removal(of: request) { try await perform(change) }
    }

    func instance() throws -> FakeMultipass.Instance { try #require(try fake.state.instances[request.mark.text]) }

    func calls(_ command: String) throws -> [[String]] { try fake.state.calls.filter { $0.first == command } }
}

/// Stands between the plugin and the programs, and does harm.
final class Meddler: Sendable {
    enum Harm: Sendable {
        /// The program is told to end before the command is run.
        case before
        /// It is run, and the program is told to end before it has the result.
        case after
        /// It is run, and does not end in time.
        case timeout
    }

    private struct State {
        var count = 0
        var rule: @Sendable (_ number: Int, _ arguments: [String]) -> Harm? = { _, _ in nil }
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.count } }

    /// The next command has the number 1.
    func harm(_ rule: @escaping @Sendable (_ number: Int, _ arguments: [String]) -> Harm?) {
        state.withLock { $0 = State(rule: rule) }
    }

    var runner: CommandRunner {
        { command in
            let harm = self.state.withLock { state in
                state.count += 1
                return state.rule(state.count, command.arguments)
            }
            if harm == .before { throw CancellationError() }
            let result = try await TestCommands.runner(command)
            switch harm {
            case .after: throw CancellationError()
            case .timeout: throw CommandError.timeout(command.deadline)
            case .before, nil: return result
            }
        }
    }
}

/// What is between this program and the instances: stands for `ssh-keyscan`, and for WSL2's `wslinfo`.
final class Network: Sendable {
    struct State {
        /// Whether port 22 of an address answers.
        var answers: @Sendable (String) -> Bool = { _ in true }
        /// WSL2's networking mode; nil: there is no `wslinfo`.
        var mode: String?
        /// Whether there is an `ssh-keyscan`.
        var hasOpenSSH = true
        /// The addresses of each call.
        var knocks: [[String]] = []
    }

    let state = Mutex(State())

    /// All other programs go to `other`.
    func runner(_ other: @escaping CommandRunner) -> CommandRunner {
        { command in
            switch command.executable {
            case "ssh-keyscan":
                let addresses = Array(command.arguments.drop { $0 != "ed25519,ecdsa,rsa" }.dropFirst())
                let lines = try self.state.withLock { state in
                    guard state.hasOpenSSH else { throw CommandError.notRunnable("There is no ssh-keyscan.") }
                    state.knocks.append(addresses)
                    return addresses.filter(state.answers).map { "\($0) ssh-ed25519 AAAA\n" }
                }
                // As the real one, it ends well whatever answered, and says the rest on the standard error.
                return CommandResult(exitCode: 0, output: Array(lines.joined().utf8), errors: Array("# 22\n".utf8))
            case "wslinfo":
                guard let mode = self.state.withLock({ $0.mode }) else {
                    throw CommandError.notRunnable("There is no wslinfo.")
                }
                return CommandResult(
                    exitCode: command.arguments == ["--networking-mode"] ? 0 : 1,
                    output: Array("\(mode)\n".utf8)
                )
            default: return try await other(command)
            }
        }
    }
}
