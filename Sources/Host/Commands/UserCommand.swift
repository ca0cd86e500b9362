import ArgumentParser
import Model
import Monitoring

/// Accounts of people.
struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Invite, list and remove the people who can sign in, and set their passwords.",
        subcommands: [Invite.self, List.self, Password.self, Remove.self]
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

    struct Password: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "password",
            abstract: "Set a new password for an account, and sign it out everywhere.",
            discussion: "The password is asked for, or read as one line from the standard input."
        )

        @Argument(help: "The account's name, as “host user list” prints it.")
        var name: String

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let (name, settings) = (name, try shared.loadQuietly())
            guard let password = PasswordPrompt.read("The new password of “\(name)”:") else {
                throw Failure(.failed, "Nothing was changed, because no password was given.")
            }
            guard try await settings.withAccounts({ try await $0.setPassword(password, name: name) }) else {
                throw Failure(.failed, "There is no account “\(name)”. “host user list” prints all of them.")
            }
            StandardOutput.write("The password of “\(name)” was set; the account is signed out everywhere.")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove",
            abstract: "Remove an account with everything it owns: products, history, rules, channels and tokens.",
            discussion: "What goes is shown, and the account’s name must be typed once more, unless --yes is given."
        )

        @Argument(help: "The account's name, as “host user list” prints it.")
        var name: String

        @Flag(help: "Remove it without asking.")
        var yes = false

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let (name, settings) = (name, try shared.loadQuietly())
            let unknown = Failure(.failed, "There is no account “\(name)”. “host user list” prints all of them.")
            if !yes {
                guard let owned = try await settings.withAccounts({ try await $0.belongings(name: name) }) else {
                    throw unknown
                }
                try ask(owned)
            }
            guard try await settings.withAccounts({ try await $0.remove(name: name) }) else { throw unknown }
            StandardOutput.write("The account “\(name)” and everything it owned was removed.")
        }

        private func ask(_ owned: Belongings) throws {
            func counted(_ count: Int, _ unit: String) -> String { "\(count) \(unit)\(count == 1 ? "" : "s")" }
            StandardOutput.write(
                "The account “\(name)” owns \(counted(owned.products, "product")) with their history and rules,"
                    + " \(counted(owned.channels, "channel")) and \(counted(owned.tokens, "token"))."
                    + " All of it is removed for good."
            )
            StandardOutput.write("Type the account’s name to remove it:")
            guard let answer = readLine(strippingNewline: true) else {
                throw Failure(.failed, "Nothing was removed, because nobody answered. --yes removes without asking.")
            }
            guard answer.trimmingWhitespace() == name.trimmingWhitespace() else {
                throw Failure(.failed, "Nothing was removed.")
            }
        }
    }
}
