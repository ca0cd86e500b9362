import ArgumentParser
import Testing

@testable import Host

struct HelpTests {
    private static let commands: [any ParsableCommand.Type] =
        HostCommand.configuration.subcommands
        + HostCommand.configuration.subcommands.flatMap { $0.configuration.subcommands }

    @Test func `every verb says in a sentence what it does`() {
        for command in Self.commands {
            #expect(command.configuration.abstract.hasSuffix("."), "\(command)")
            #expect(command.configuration.commandName?.isEmpty == false, "\(command)")
        }
    }

    @Test func `the help of every verb explains every option with a whole sentence`() throws {
        for command in Self.commands where command.configuration.subcommands.isEmpty {
            let help = HostCommand.helpMessage(for: command, columns: 10_000)
            let options = help.split(separator: "\n").filter { $0.hasPrefix("  -") || $0.hasPrefix("  <") }
            #expect(options.count >= 3, "\(command)")
            for option in options where !option.contains("--version") && !option.contains("--help") {
                let text = option.split(separator: "  ", omittingEmptySubsequences: true).dropFirst().joined(
                    separator: " "
                )
                let end = text.hasSuffix(".") || text.hasSuffix(")")
                #expect(end && text.split(separator: " ").count > 3, "\(command): \(option)")
            }
            for shared in ["--config", "--set"] { #expect(help.contains(shared), "\(command)") }
        }
    }

    @Test func `the issue's verbs are all there`() {
        let names = Set(Self.commands.compactMap { $0.configuration.commandName })
        #expect(
            names.isSuperset(of: [
                "run", "check", "extract", "price", "cron", "plugins", "config", "migrate", "health", "user", "invite",
                "list",
                "remove",
                "token", "create", "revoke",
            ])
        )
    }
}
