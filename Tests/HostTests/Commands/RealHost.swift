import FoundationEssentials
import Subprocess
import SystemPackage

/// The program itself, as it was built with these tests.
enum RealHost {
    struct Ended: Sendable {
        let code: Int32?
        let output: String
        let error: String

        var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    struct NotFound: Error, CustomStringConvertible {
        let description = "The program “host” is not beside the test bundle."
    }

    /// `.build/debug/host`: beside the test bundle, which is this process' program or one of its arguments; else the
    /// program that PROGRAM_UNDER_TEST names.
    static func path() throws -> FilePath {
        if let path = ProcessInfo.processInfo.environment["PROGRAM_UNDER_TEST"] { return FilePath(path) }
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
        let end = bundle.firstRange(of: ".xctest")?.lowerBound ?? bundle.endIndex
        let folder = bundle[..<end].lastIndex(of: "/").map { String(bundle[..<$0]) } ?? "."
        let path = "\(folder)/host"
        guard FileManager.default.isExecutableFile(atPath: path) else { throw NotFound() }
        return FilePath(path)
    }

    /// Runs the program to its end, with nothing of this process' environment.
    static func run(
        _ arguments: [String],
        input: String = "",
        environment: [String: String] = [:],
        in folder: String = TemporaryFolder.path
    ) async throws -> Ended {
        let result = try await Subprocess.run(
            .path(try path()),
            arguments: Arguments(arguments),
            environment: .custom(Dictionary(uniqueKeysWithValues: environment.map { (.init(stringLiteral: $0), $1) })),
            workingDirectory: FilePath(folder),
            input: .string(input),
            output: .string(limit: 10_000_000),
            error: .string(limit: 10_000_000)
        )
        let code: Int32? = if case .exited(let code) = result.terminationStatus { code } else { nil }
        return Ended(code: code, output: result.standardOutput, error: result.standardError)
    }
}

/// Where files may be left for the system to remove.
enum TemporaryFolder {
    static var path: String { FileManager.default.temporaryDirectory.path }
}

/// A folder for one test, gone when the test ends.
struct TestFolder: ~Copyable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "host-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    // What cannot be removed is left to the system.
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
    }
}
