import ArgumentParser
import Deploy
import Model
import Operations

/// Shows the applications' environment variables.
struct EnvCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "env",
        abstract: "Show the environment variables of the applications, and which are not as config.json has them.",
        discussion: """
            The values of secrets are not shown. “apply” sets what differs. Exits with 1 where something does.
            """
    )

    @Flag(help: "Print one JSON object instead of a text.")
    var json = false

    @OptionGroup var options: DeployerOptions

    func run() async throws {
        try await options.site { site in
            let lines = try await VariableList(site.lookedAt().work).lines()
            var role: ApplicationRole?
            if json { StandardOutput.write(Self.report(options.environment, lines).line) }
            for line in lines where !json {
                if line.role != role { StandardOutput.write(line.role.rawValue) }
                role = line.role
                let value = line.value.map { " = \($0)" } ?? ""
                StandardOutput.write("  \(line.isFine ? " " : "~") \(line.key)\(value) (\(line.standing))")
            }
            guard lines.allSatisfy(\.isFine) else { throw ExitCode(1) }
        }
    }

    /// The value of a secret is null, as in the text there is none.
    private static func report(_ environment: String, _ lines: [VariableList.Line]) -> JSON {
        [
            "environment": .string(environment), "isFine": .bool(lines.allSatisfy(\.isFine)),
            "variables": .array(
                lines.map { line in
                    [
                        "application": .string(line.role.rawValue), "key": .string(line.key), "value": JSON(line.value),
                        "isFine": .bool(line.isFine), "standing": .string(line.standing),
                    ]
                }
            ),
        ]
    }
}
