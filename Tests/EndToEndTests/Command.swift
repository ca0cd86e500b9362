import Subprocess

/// A program of this machine, run to its end.
enum Command {
    struct Finished: Hashable {
        let status: TerminationStatus
        let output: [UInt8]
        /// What it wrote to the standard error.
        let problems: String

        var isSuccess: Bool { status.isSuccess }
        var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// Throws where the program cannot be started; how it ended is in the answer.
    static func run(_ program: String, _ arguments: [String]) async throws -> Finished {
        let result = try await Subprocess.run(
            // `env` finds names on the path and takes whole paths too.
            .name("env"),
            arguments: Arguments([program] + arguments),
            input: .none,
            output: .bytes(limit: 64_000_000),
            error: .string(limit: 1_000_000)
        )
        return Finished(
            status: result.terminationStatus,
            output: result.standardOutput,
            problems: result.standardError
        )
    }

    /// What the program wrote; throws where it did not end with 0.
    static func output(_ program: String, _ arguments: [String]) async throws -> [UInt8] {
        let finished = try await run(program, arguments)
        guard finished.isSuccess else {
            throw Problem(
                "\(program) \(arguments.joined(separator: " ")) ended with \(finished.status): \(finished.problems)"
            )
        }
        return finished.output
    }
}

/// Why a test cannot go on.
struct Problem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
