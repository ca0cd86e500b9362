import ArgumentParser
import Logging
import Model
import Monitoring
import Moving
import Operations
import SQL

/// Fills the database from a file or from another system.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Fill an empty database from an export, or add what another program watched.",
        discussion: """
            An export is imported whole, into a database with nothing in it, and compared with the file afterwards. \
            An import that was cut short goes on when the same command is given again. What other programs kept is added to \
            one account; addresses that it watches already are left alone. docs/moving.md says what comes over.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The export, or the file, folder or database (postgres://…) of another program.",
            valueName: "file"
        )
    )
    var file: String?

    @Option(help: ArgumentHelp("Whose file it is, where the file itself does not show it.", valueName: "program"))
    var from: Kind?

    @Option(
        help: ArgumentHelp(
            "Read the database of the original system (postgres://…), or “-” to read its address from the standard input.",
            valueName: "url"
        )
    )
    var fromOriginal: String?

    @Option(
        help: ArgumentHelp(
            "The account that gets what another program watched (default: the only one).",
            valueName: "name"
        )
    )
    var owner: String?

    @Option(help: ArgumentHelp("The currency of prices that name none, by its code, such as EUR.", valueName: "code"))
    var currency: String?

    @Flag(help: "Say what would come over and what would not, and change nothing.")
    var dryRun = false

    @Flag(help: "Print a list to begin with, as CSV, and do nothing else.")
    var csvTemplate = false

    @OptionGroup var shared: SharedOptions

    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case export, changedetection, pricebuddy, priceghost, csv

        /// nil for an export of this program.
        var foreign: ForeignFile.Kind? { ForeignFile.Kind(rawValue: rawValue) }
    }

    func run() async throws {
        guard !csvTemplate else { return StandardOutput.write(CSVCatalog.template.trimmingWhitespace()) }
        let sources = [file, fromOriginal].compactMap { $0 }
        guard sources.count == 1 else {
            throw Failure(.usage, "Name one file, or one database with --from-original.")
        }
        do {
            if let file, try kind(of: file) == nil { return try await importExport(file) }
            try await importForeign()
        } catch let error as MovingError {
            throw Failure(.failed, error.description)
        }
    }

    /// nil for an export of this program.
    private func kind(of file: String) throws -> ForeignFile.Kind? {
        if let from { return from.foreign }
        guard !Self.isDatabase(file) else {
            throw Failure(
                .usage,
                "Say whose database it is: --from priceghost, or --from-original for the original system."
            )
        }
        return try ForeignFile.kind(of: file)
    }

    private func importExport(_ file: String) async throws {
        let settings = try shared.loadQuietly()
        let (line, isRehearsal) = (ProgressLine(), dryRun)
        let head = try await settings.withDatabase { database in
            defer { line.end() }
            let transfer = Import(database: database)
            return isRehearsal
                ? try await transfer.rehearse(file, progress: line.show)
                : try await transfer.run(file, progress: line.show)
        }
        head.write()
        guard !isRehearsal else {
            StandardOutput.write("All of it would come over: \(head.rows) rows. Nothing was changed.")
            return
        }
        StandardOutput.write("Imported \(head.rows) rows, and compared them with the file: they are the same.")
        if !head.secrets { for sentence in Self.withoutSecrets { StandardOutput.write(sentence) } }
    }

    private static let withoutSecrets = [
        "The export holds no secrets. Nobody can sign in until “host user password NAME” has set a password.",
        "Tokens were left behind: make new ones with “host token create”.",
        "Channels that need a secret say so on their page, where it can be entered.",
    ]

    private func importForeign() async throws {
        let settings = try shared.loadQuietly()
        let standard = try currency.map { code throws(Failure) in
            guard let currency = Currency(code: code) else {
                throw Failure(.usage, "“\(code.prefix(20))” is not a currency's code such as EUR.")
            }
            return currency
        }
        let catalog = try await catalog(standard)
        let (line, owner, isRehearsal) = (ProgressLine(), owner, dryRun)
        let plan = try await settings.withDatabase { database in
            defer { line.end() }
            let transfer = ForeignImport(
                database: database,
                intervals: settings.monitoring.intervals,
                standardInterval: settings.monitoring.standardInterval,
                now: SystemClock.now
            )
            let account = try await transfer.owner(named: owner)
            let plan = try await transfer.plan(catalog, for: account)
            if !isRehearsal { try await transfer.run(plan, for: account, progress: line.show) }
            return plan
        }
        for line in ForeignReport.lines(plan, isRehearsal: isRehearsal) { StandardOutput.write(line) }
    }

    private func catalog(_ currency: Currency?) async throws -> ForeignCatalog {
        if let file {
            guard let kind = try kind(of: file) else { throw MovingError.request("“\(file)” is an export.") }
            if kind == .priceghost, Self.isDatabase(file) {
                return try await Self.reading(file, from: "the address that was given") {
                    try await PriceGhostSource.read($0, currency: currency)
                }
            }
            return try ForeignFile.read(file, as: kind, currency: currency)
        }
        return try await Self.reading(fromOriginal ?? "", from: "the address after --from-original") {
            try await OriginalSource.read($0, currency: currency)
        }
    }

    /// A folder may be called anything, but not this.
    private static func isDatabase(_ name: String) -> Bool {
        name == "-" || name.hasPrefix("postgres://") || name.hasPrefix("postgresql://")
    }

    /// Opens a database of another program; an address that holds a password need not stand in the command.
    ///
    /// `place` is what messages call where it stands.
    private static func reading<T: Sendable>(
        _ address: String,
        from place: String,
        _ work: (any Database) async throws -> T
    ) async throws -> T {
        let text = address == "-" ? (readLine(strippingNewline: true) ?? "").trimmingWhitespace() : address
        guard !text.isEmpty else { throw Failure(.usage, "No address was given.") }
        let database = PostgresDatabase(try PostgresAddress(text, from: place), logger: Logger(label: "host"))
        let result: Result<T, any Error>
        do {
            result = .success(try await work(database))
        } catch {
            result = .failure(error)
        }
        await database.close()
        return try result.get()
    }
}
