import ArgumentParser
import Deploy
import Model
import Operations

/// Shows what an application writes.
struct LogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs",
        abstract: "Show the last lines that an application of an environment wrote.",
        discussion: "Secrets are left out. With --follow each new line is shown until Ctrl-C."
    )

    @Argument(help: ArgumentHelp("web, worker or scheduler.", valueName: "application"))
    var application: String = "web"

    @Option(help: ArgumentHelp("How many lines, 1 to 10000.", valueName: "count"))
    var lines: Int = 100

    @Flag(help: "Go on with each new line.")
    var follow = false

    @OptionGroup var options: DeployerOptions

    func validate() throws {
        guard ApplicationRole(rawValue: application) != nil else {
            let known = ApplicationRole.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("There is no application “\(application.prefix(40))”. There is: \(known).")
        }
        guard (1...10_000).contains(lines) else { throw ValidationError("--lines must be from 1 to 10000.") }
    }

    func run() async throws {
        guard let role = ApplicationRole(rawValue: application) else { return }
        try await options.site { site in
            let logs = ApplicationLogs(try await site.lookedAt().work)
            guard follow else {
                for line in try await logs.last(lines, of: role) { StandardOutput.write(line) }
                return
            }
            try await logs.follow(role, from: lines) { StandardOutput.write($0) }
        }
    }
}
