import ArgumentParser
import Logging
import Moving
import Operations

/// Writes everything that is worth keeping into a file that another database can be filled from.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write everything into a file of JSON lines, from which “host import” fills another database.",
        discussion: """
            The file holds one moment: accounts, products, history, check log, rules, channels and messages, of either \
            kind of database. Without --with-secrets it holds no passwords, tokens and secrets of channels. End the \
            program before you move to another place, or both will look at the same pages and send the same messages.
            """
    )

    @Argument(help: ArgumentHelp("The file to make.", valueName: "file"))
    var file: String

    @Flag(
        help: "Also write password hashes, the hashes of tokens and the secrets of channels; keep the file safe then."
    )
    var withSecrets = false

    @Flag(help: "Replace the file if there is one.")
    var force = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let settings = try shared.loadQuietly()
        let (file, force, withSecrets) = (file, force, withSecrets)
        let line = ProgressLine()
        let head = try await settings.withDatabase(creates: false) { database in
            defer { line.end() }
            let export = Export(
                database: database,
                program: Version.text,
                secrets: try InstalledPlugins.channelSecrets(),
                now: SystemClock.now
            )
            return try await export.run(to: file, replacing: force, withSecrets: withSecrets, progress: line.show)
        }
        head.write()
        StandardOutput.write("The export “\(file)” is whole: \(head.rows) rows.")
        StandardOutput.write(
            head.secrets
                ? "It holds password hashes, tokens and the secrets of channels; only you can read it."
                : "It holds no passwords, tokens and secrets of channels: --with-secrets writes them too."
        )
    }
}

extension ExportHead {
    /// The rows of every table.
    func write() {
        let rows = tables.map { [$0.name, "\($0.rows)"] }
        for line in TextTable.lines(heads: ["TABLE", "ROWS"], rows: rows) { StandardOutput.write(line) }
    }
}
