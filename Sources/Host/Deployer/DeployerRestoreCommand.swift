import ArgumentParser
import Deploy
import Model
import Monitoring
import Operations

/// Puts an environment's data back.
struct DeployerRestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put the applications' database of a backup in place of the present one.",
        discussion: """
            The file is read through on the machine first, and the applications are stopped after that. All of it is put \
            back or nothing; what was there before the last three restores stays on the machine. The name of the environment has to be typed. Coolify's own database is put back by hand, on a machine \
            where it was lost: docs/deploying.md says how.
            """
    )

    @Argument(help: ArgumentHelp("A file that “backup” wrote.", valueName: "file"))
    var file: String

    @Option(
        help: ArgumentHelp(
            "The name of the environment once more, where nobody can be asked for it.",
            valueName: "name"
        )
    )
    var confirm: String?

    @OptionGroup var options: DeployerOptions

    func run() async throws {
        try await options.site { site in
            try Question.confirm(
                options.environment,
                given: confirm,
                "What the database of “\(options.environment)” holds now is replaced by \(file)."
            )
            // Known before anything else is asked.
            try EnvironmentBackup.check(file)
            let progress = RunProgress()
            let before = try await site.deployment.work("restore") { mark, secrets in
                let (workshop, work) = try await site.workshop(mark, secrets)
                let backup = EnvironmentBackup(workshop.machine, try workshop.database())
                return try await Restoration(backup, ApplicationSwitch(work)).perform(
                    from: file,
                    at: SystemClock.now(),
                    begin: { progress.begin($0) },
                    say: { progress.waits($0) }
                )
            }
            StandardOutput.write("Put back. What was there before is on the machine, in \(before).")
        }
    }
}
