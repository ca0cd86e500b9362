import ArgumentParser
import Deploy
import Model
import Operations

/// Brings an environment's data to this machine.
struct DeployerBackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Bring the databases of an environment to this machine, in one file.",
        discussion: """
            The file holds the database of the applications, and Coolify's own with its settings file. It is read through on \
            the machine and compared here. It holds secrets: only its owner can read it. The applications go on meanwhile.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "Where to write it; it must not exist yet. Without a name it is in the data folder, under deploy/backups.",
            valueName: "file"
        )
    )
    var file: String?

    @Flag(help: "Print one JSON object at the end instead of a text.")
    var json = false

    @OptionGroup var options: DeployerOptions

    func run() async throws {
        try await options.site { site in
            let path = try file ?? site.backupPath()
            let size = try await site.backUp(to: path, RunProgress(isQuiet: json))
            guard !json else {
                let report: JSON = [
                    "environment": .string(options.environment), "path": .string(path), "bytes": .integer(size),
                ]
                return StandardOutput.write(report.line)
            }
            StandardOutput.write("\(path): \(size / 1024) KiB. Keep it where nobody else can read it.")
        }
    }
}
