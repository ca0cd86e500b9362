import ArgumentParser
import Deploy

/// Takes everything of an environment away.
struct DestroyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy",
        abstract: "Take away the machine of an environment and all that was made with it.",
        discussion: """
            Everything on the machine is lost; its data is brought here first, as “backup” does it. The name of the \
            environment has to be typed.
            """
    )

    @Option(
        help: ArgumentHelp(
            "The name of the environment once more, where nobody can be asked for it.",
            valueName: "name"
        )
    )
    var confirm: String?

    @Flag(help: "Lose the data too, without bringing it here first.")
    var withoutBackup = false

    @OptionGroup var options: DeployerOptions

    func run() async throws {
        try await options.site { site in
            let removal = try await site.deployment.removal()
            guard !removal.isEmpty else { return StandardOutput.write("There is nothing to take away.") }
            for (_, change) in removal {
                StandardOutput.write("  \(change.kind.mark) \(change.what)\n      \(change.why)")
            }
            try Question.confirm(options.environment, given: confirm, "All of it is lost for ever.")
            if !withoutBackup { try await keepData(of: site) }
            try await site.deployment.destroy(tell: RunProgress())
            StandardOutput.write("Nothing of “\(options.environment)” is left.")
        }
    }

    private func keepData(of site: DeployerSite) async throws {
        do {
            guard try await site.hasDatabase() else { return }
            let path = try site.backupPath()
            let size = try await site.backUp(to: path, RunProgress())
            StandardOutput.write("Its data is in \(path), \(size / 1024) KiB.")
        } catch {
            throw Failure(
                .failed,
                "Nothing was taken away, for the data could not be brought here first: \(error) Mend that, or lose the data "
                    + "with --without-backup."
            )
        }
    }
}
