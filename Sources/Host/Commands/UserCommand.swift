import ArgumentParser
import Model
import Monitoring

/// Accounts of people.
struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Invite, list and remove the people who can sign in.",
        subcommands: [Invite.self, List.self, Remove.self]
    )

    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "invite",
            abstract: "Print a link that makes one account; it works once, for one hour."
        )

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let settings = try shared.loadQuietly()
            let address = try WebPlace.address(settings.web)
            let invitation = try await settings.withAccounts { try await $0.invite() }
            StandardOutput.write(WebPlace.setupLink(secret: invitation.secret, at: address))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Print the accounts, oldest first."
        )

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let accounts = try await shared.loadQuietly().withAccounts { try await $0.accounts() }
            guard !accounts.isEmpty else {
                StandardOutput.write("There is no account yet. “host user invite” prints a link that makes one.")
                return
            }
            let rows = accounts.map { [$0.name, $0.created.iso8601] }
            for line in TextTable.lines(heads: ["NAME", "SINCE"], rows: rows) { StandardOutput.write(line) }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove",
            abstract: "Remove an account with everything it owns: products, history, rules, channels and tokens."
        )

        @Argument(help: "The account's name, as “host user list” prints it.")
        var name: String

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let name = name
            guard try await shared.loadQuietly().withAccounts({ try await $0.remove(name: name) }) else {
                throw Failure(.failed, "There is no account “\(name)”. “host user list” prints all of them.")
            }
            StandardOutput.write("The account “\(name)” and everything it owned was removed.")
        }
    }
}
