import ArgumentParser
import Logging
import SQL

/// Copies the database.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the database into a file, also while the program runs, and examine the copy.",
        discussion: """
            The copy holds everything of one moment: products, history, rules, messages and jobs. It also holds password \
            hashes and the secrets of channels, and is readable by you only. Settings (config.json) are not in it. Of a \
            PostgreSQL database it is made by pg_dump and restored into a database of its own, which is removed \
            afterwards, for a trial.
            """
    )

    @Argument(help: ArgumentHelp("The file to make.", valueName: "file"))
    var file: String

    @Flag(help: "Replace the file if there is one.")
    var force = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let settings = try shared.loadQuietly()
        let storage = try Storage(settings.data, logger: Logger(label: "host"), creates: false)
        let line = ProgressLine()
        let report: BackupReport
        do {
            report = try await storage.backUp(to: file, replacing: force, progress: line.show)
        } catch {
            line.end()
            await storage.database.close()
            throw WayBack(settings.data).explained(error)
        }
        line.end()
        await storage.database.close()
        report.write()
        StandardOutput.write("The backup “\(file)” is whole: \(report.summary).")
        if let caveat = report.caveat { StandardOutput.write(caveat) }
        StandardOutput.write("It holds password hashes and the secrets of channels; only you can read it.")
    }
}
