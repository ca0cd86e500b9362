import ArgumentParser

/// All verbs.
struct HostCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "host",
        abstract: "Watch product pages in any shop and tell people when a price is worth acting on.",
        discussion: """
            Without a verb it runs the price monitor. Settings come from --set, then from environment variables, then \
            from config.json; “host config” prints all of them, and where each value came from.

            Exit codes: 0 fine, 1 failed, 64 wrong usage, 78 wrong settings.
            """,
        version: Version.text,
        subcommands: [
            RunCommand.self, CheckCommand.self, ExtractCommand.self, PriceCommand.self, CronCommand.self,
            PluginsCommand.self, ConfigCommand.self, MigrateCommand.self, BackupCommand.self, RestoreCommand.self,
            ExportCommand.self, ImportCommand.self, HealthCommand.self, UserCommand.self, TokenCommand.self,
        ],
        defaultSubcommand: RunCommand.self
    )
}
