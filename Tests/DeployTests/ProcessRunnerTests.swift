import PluginAPI
import Testing

@testable import Deploy

/// With real programs.
@Suite(.timeLimit(.minutes(20)))
struct ProcessRunnerTests {
    private func run(
        _ executable: String,
        _ arguments: [String],
        input: [UInt8] = [],
        limit: Int = 1000,
        deadline: Duration = .seconds(120)
    )
        async throws -> CommandResult
    {
        try await ProcessRunner.run(
            Command(
                executable,
                arguments,
                input: input,
                environment: ["GREETING": "hello"],
                deadline: deadline,
                outputLimit: limit
            )
        )
    }

    @Test func `what goes in and what comes out`() async throws {
        let input = Array("line\n\u{0}".utf8)
        let ended = try await run(
            "sh",
            ["-c", "cat; echo \"$GREETING $1\" >&2; exit 3", "sh", "a \"b\" $c"],
            input: input
        )
        #expect(ended == CommandResult(exitCode: 3, output: input, errors: Array("hello a \"b\" $c\n".utf8)))
    }

    @Test func `a program that a signal ended has its number`() async throws {
        #expect(try await run("/bin/sh", ["-c", "kill -9 $$"]).exitCode == 137)
    }

    @Test func `one that reads nothing is fine with much input`() async throws {
        let ended = try await run("true", [], input: Array(repeating: 0x61, count: 1_000_000))
        #expect(ended.exitCode == 0)
    }

    @Test(arguments: ["no-such-program-here", "/no/such/program", "/etc/passwd"])
    func `one that can't be run is named`(name: String) async throws {
        let error = await #expect(throws: CommandError.self) { try await run(name, []) }
        guard case .notRunnable(let why)? = error else {
            Issue.record("It is \(String(describing: error)).")
            return
        }
        #expect(why.contains(name))
    }

    @Test func `one that writes too much, or takes too long, gives no result`() async throws {
        await #expect(throws: CommandError.tooMuchOutput(limit: 10)) {
            try await run("sh", ["-c", "echo 123456789012"], limit: 10)
        }
        await #expect(throws: CommandError.timeout(.milliseconds(50))) {
            try await run("sleep", ["600"], deadline: .milliseconds(50))
        }
    }

    @Test func `one that is not waited for any more is ended`() async throws {
        let task = Task { try await run("sleep", ["600"], deadline: .seconds(600)) }
        try await Task.sleep(for: .milliseconds(100))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
