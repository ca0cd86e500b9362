import FoundationEssentials
import Subprocess
import TestSupport

/// The files that ship the program, and the programs among them.
enum Checkout {
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/")

    static func path(_ name: String) -> String { "\(root)/\(name)" }
    static func text(_ name: String) throws -> String { try TextFile.read(path(name)) }

    struct Finished {
        let isSuccess: Bool
        /// The standard output, and the standard error behind it.
        let text: String
    }

    /// Runs a program to its end with these variables besides PATH, and no others.
    static func run(_ words: [String], _ variables: [String: String] = [:]) async throws -> Finished {
        var environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
        environment.merge(variables) { $1 }
        let result = try await Subprocess.run(
            .name("env"),
            arguments: Arguments(["-i"] + environment.map { "\($0.key)=\($0.value)" } + words),
            input: .none,
            output: .string(limit: 4_000_000),
            error: .string(limit: 1_000_000)
        )
        return Finished(
            isSuccess: result.terminationStatus.isSuccess,
            text: result.standardOutput + result.standardError
        )
    }

    /// What YAML says, with every scalar as the text that is written there.
    static func yaml<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) async throws -> Value {
        let parsed = try await run(["/usr/bin/python3", "-c", parser, text])
        guard parsed.isSuccess else { throw Unreadable(description: parsed.text) }
        return try JSONDecoder().decode(Value.self, from: Data(parsed.text.utf8))
    }

    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    /// Only `<<` keeps its meaning: `on` is a word here, as GitHub reads it, and ports and versions are what is written.
    private static let parser = """
        import json, sys, yaml
        class Loader(yaml.SafeLoader):
            yaml_implicit_resolvers = {
                first: [pair for pair in pairs if pair[0].endswith(":merge")]
                for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
            }
        print(json.dumps(yaml.load(sys.argv[1], Loader)))
        """
}
