import PluginAPI
import TestSupport
import Testing

/// The runner that these tests run real programs by.
@Suite(.timeLimit(.minutes(20)))
struct RunnerTests {
    @Test func `arguments, input, environment, both outputs and the exit code arrive`() async throws {
        let script = "cat; echo \"$1 $WORD\"; echo bad >&2; exit 7"
        let command = Command(
            "sh",
            ["-c", script, "sh", "a b"],
            input: Array("in\n".utf8),
            environment: ["WORD": "x y"],
            deadline: .seconds(600)
        )
        let result = try await TestCommands.runner(command)
        #expect(result == CommandResult(exitCode: 7, output: Array("in\na b x y\n".utf8), errors: Array("bad\n".utf8)))
        let killed = try await TestCommands.runner(Command("sh", ["-c", "kill -9 $$"]))
        #expect(killed.exitCode == 137)
    }

    @Test func `one that never ends, is not there or writes without end has an error of its own`() async throws {
        let fake = try FakeMultipass()
        try fake.change { $0.troubles = [.init("list", hangs: true)] }
        let hanging = Command(fake.executable, ["list", "--format", "json"], deadline: .seconds(2))
        await #expect(throws: CommandError.timeout(.seconds(2))) { try await TestCommands.runner(hanging) }
        let endless = Command("yes", [], deadline: .seconds(600), outputLimit: 1000)
        await #expect(throws: CommandError.tooMuchOutput(limit: 1000)) { try await TestCommands.runner(endless) }
        let absent = await #expect(throws: CommandError.self) { try await TestCommands.runner(Command("/nowhere", [])) }
        guard case .notRunnable = absent else {
            Issue.record("\(String(describing: absent))")
            return
        }
    }
}
