/// Runs one program to its end.
///
/// Any exit code is a result. Throws `CommandError` where there is none, or `CancellationError`; either way the program
/// is no longer running, unless it left the group of processes that it was started in.
package typealias CommandRunner = @Sendable (Command) async throws -> CommandResult

/// A program to run, without a shell.
package struct Command: Hashable, Sendable {
    /// A path, or a name that is looked for along `PATH`.
    package let executable: String
    /// As they are handed over: nothing is quoted or expanded.
    package let arguments: [String]
    /// What the program reads from its standard input, to the end.
    package let input: [UInt8]
    /// Added to this process's environment.
    package let environment: [String: String]
    /// After this the program is ended.
    package let deadline: Duration
    /// How many bytes each of its two outputs may have.
    package let outputLimit: Int

    /// Each value as its property says.
    package init(
        _ executable: String,
        _ arguments: [String],
        input: [UInt8] = [],
        environment: [String: String] = [:],
        deadline: Duration = .seconds(60),
        outputLimit: Int = 1_000_000
    ) {
        self.executable = executable
        self.arguments = arguments
        self.input = input
        self.environment = environment
        self.deadline = deadline
        self.outputLimit = outputLimit
    }
}

/// How a program ended.
package struct CommandResult: Hashable, Sendable {
    /// As a shell has it: a program that was ended by a signal has 128 and the signal's number.
    package let exitCode: Int
    /// What it wrote to its standard output.
    package let output: [UInt8]
    /// What it wrote to its standard error.
    package let errors: [UInt8]

    /// Each value as its property says.
    package init(exitCode: Int, output: [UInt8] = [], errors: [UInt8] = []) {
        self.exitCode = exitCode
        self.output = output
        self.errors = errors
    }
}

/// Why a program was not run to its end.
package enum CommandError: Error, Hashable {
    /// There is no such program, or it may not be run; the text is a sentence.
    case notRunnable(String)
    /// It took longer than its deadline.
    case timeout(Duration)
    /// It wrote more than its limit, which is in bytes.
    case tooMuchOutput(limit: Int)
}

extension CommandError: CustomStringConvertible {
    /// A sentence for a person.
    package var description: String {
        switch self {
        case .notRunnable(let why): why
        case .timeout(let deadline): "It took longer than \(deadline.components.seconds) seconds."
        case .tooMuchOutput(let limit): "It wrote more than \(limit) bytes."
        }
    }
}
