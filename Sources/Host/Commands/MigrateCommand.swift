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
        let changes: Storage.Changes
        do {
            changes = try await storage.migrate()
        } catch {
            await storage.database.close()
            throw error
        }
        await storage.database.close()
        if let backup = changes.backup { StandardOutput.write("A backup was made before: \(backup.path)") }
        for change in changes.names { StandardOutput.write(change) }
        StandardOutput.write(
            changes.names.isEmpty
                ? "The database was up to date."
                : "The database is up to date: \(changes.names.count) changes were made."
        )
    }
}
