import FoundationEssentials
package import PluginAPI
import Subprocess
import SystemPackage

/// Runs programs of this machine.
package enum ProcessRunner {
    /// Throws `CommandError`, or `CancellationError`.
    package static let run: CommandRunner = { command in
        let executable: Executable =
            command.executable.contains("/") ? .path(FilePath(command.executable)) : .name(command.executable)
        var variables: [Environment.Key: String?] = [:]
        for (name, value) in command.environment {
            if let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        let environment = Environment.inherit.updating(variables)
        return try await limited(to: command.deadline) {
            let input = try file(with: command.input)
            do {
                let ended = try await Subprocess.run(
                    executable,
                    arguments: Arguments(command.arguments),
                    environment: environment,
                    platformOptions: options,
                    input: .fileDescriptor(input, closeAfterSpawningProcess: true),
                    output: .bytes(limit: command.outputLimit),
                    error: .bytes(limit: command.outputLimit)
                )
                return CommandResult(
                    exitCode: ended.terminationStatus.shellCode,
                    output: ended.standardOutput,
                    errors: ended.standardError
                )
            } catch let error as SubprocessError {
                try Task.checkCancellation()
                throw failure(error, command)
            }
        }
    }

    /// A file without a name that holds `bytes`, for its owner alone.
    ///
    /// A pipe to a program that ends without reading it would end this one too, by SIGPIPE.
    private static func file(with bytes: [UInt8]) throws -> FileDescriptor {
        let path = FilePath("\(FileManager.default.temporaryDirectory.path)/input-\(UUID().uuidString)")
        let file = try FileDescriptor.open(
            path,
            .readWrite,
            options: [.create, .exclusiveCreate, .closeOnExec],
            permissions: .ownerReadWrite
        )
        try FileManager.default.removeItem(atPath: path.string)
        try file.writeAll(bytes)
        try file.seek(offset: 0, from: .start)
        return file
    }

    /// A program that is not waited for any more is asked to end, then ended, with all that it started.
    private static var options: PlatformOptions {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
        return options
    }

    private static func limited(
        to deadline: Duration,
        _ work: @escaping @Sendable () async throws -> CommandResult
    ) async throws -> CommandResult {
        try await withThrowingTaskGroup(of: CommandResult?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: deadline)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let result = first else { throw CommandError.timeout(deadline) }
            return result
        }
    }

    private static func failure(_ error: SubprocessError, _ command: Command) -> any Error {
        if error.code == .outputLimitExceeded { return CommandError.tooMuchOutput(limit: command.outputLimit) }
        if error.code == .executableNotFound {
            return CommandError.notRunnable("There is no program “\(command.executable)” on this machine.")
        }
        return CommandError.notRunnable("“\(command.executable)” can't be run: \(error).")
    }
}

extension TerminationStatus {
    fileprivate var shellCode: Int {
        switch self {
        case .exited(let code): Int(code)
        case .signaled(let signal): 128 + Int(signal)
        }
    }
}
