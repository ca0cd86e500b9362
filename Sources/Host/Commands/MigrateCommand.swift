import ArgumentParser
import Logging
import SQL

/// Changes the database's schema.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the database's schema up to date, as “host run” does when it starts."
    )

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let settings = try shared.loadQuietly()
        let storage = try Storage(settings.data, logger: Logger(label: "host"))
        let changes: [String]
        do {
            changes = try await storage.migrate()
        } catch {
            await storage.database.close()
            throw error
        }
        await storage.database.close()
        for change in changes { StandardOutput.write(change) }
        StandardOutput.write(
            changes.isEmpty
                ? "The database was up to date." : "The database is up to date: \(changes.count) changes were made."
        )
    }
}
