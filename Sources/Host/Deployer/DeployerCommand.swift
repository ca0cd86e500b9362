import ArgumentParser
import Logging

/// The verbs that an explicit `--role deployer` chooses.
struct DeployerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "host --role deployer",
        abstract: "Make and keep the servers that the price monitor runs on.",
        discussion: """
            Without a verb it is plan, which changes nothing. Environments stand in config.json, under “environments”; \
            docs/deploying.md leads from nothing to production.

            Exit codes: 0 fine, 1 failed or something is left to do, 64 wrong usage, 78 wrong settings.
            """,
        subcommands: [
            PlanCommand.self, ApplyCommand.self, StatusCommand.self, InviteCommand.self, LogsCommand.self,
            EnvCommand.self, TunnelCommand.self,
            DeployerBackupCommand.self, DeployerRestoreCommand.self, RollbackCommand.self, DestroyCommand.self,
            DoctorCommand.self,
        ],
        defaultSubcommand: PlanCommand.self
    )
}

/// What every verb of the deployer accepts.
struct DeployerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Which environment of config.json is meant.", valueName: "name"))
    var environment: String

    @OptionGroup var shared: SharedOptions

    /// What is needed to work on the environment.
    func site(_ body: (DeployerSite) async throws -> Void) async throws {
        let loaded = try shared.load()
        let settings = try Settings(loaded)
        settings.log.begin(atLeast: .warning)
        let site = try DeployerSite(environment, loaded, settings)
        do {
            try await body(site)
        } catch {
            await site.close()
            throw error
        }
        await site.close()
    }
}
