import ArgumentParser
import Model
import Monitoring

/// Keys for scripts.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Create, list and revoke the keys with which scripts use the REST interface.",
        subcommands: [Create.self, List.self, Revoke.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Make a token and print it; it is not shown again."
        )

        @Option(
            help: ArgumentHelp(
                "The account it speaks for, as “host user list” prints it (default: the only one).",
                valueName: "account"
            )
        )
        var account: String?

        @Option(help: ArgumentHelp("What the token is called in lists.", valueName: "name"))
        var name = "script"

        @Option(help: "Whether it may only see things (read) or also change them (write).")
        var rights: Rights = .write

        @OptionGroup var shared: SharedOptions

        enum Rights: String, ExpressibleByArgument, CaseIterable {
            case read, write

            fileprivate var granted: Actor.Rights { self == .read ? .read : .write }
        }

        func run() async throws {
            let (account, name, rights) = (account, name, rights.granted)
            let secret = try await shared.loadQuietly().withAccounts { accounts in
                let all = try await accounts.accounts()
                guard let account = account ?? (all.count == 1 ? all.first?.name : nil) else {
                    throw Failure(.usage, "There are \(all.count) accounts. Name one with --account.")
                }
                return try await accounts.createToken(account: account, name: name, rights: rights).secret
            }
            StandardOutput.write(secret)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Print the tokens without their secrets."
        )

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let tokens = try await shared.loadQuietly().withAccounts { try await $0.tokens() }
            guard !tokens.isEmpty else {
                StandardOutput.write("There is no token. “host token create” makes one.")
                return
            }
            let rows = tokens.map {
                [$0.id.text, $0.account.name, $0.rights.rawValue, $0.created.iso8601, $0.name]
            }
            for line in TextTable.lines(heads: ["ID", "ACCOUNT", "RIGHTS", "SINCE", "NAME"], rows: rows) {
                StandardOutput.write(line)
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke",
            abstract: "End a token; whoever uses it is refused from now on."
        )

        @Argument(help: "The token's id, as “host token list” prints it.")
        var id: String

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let id = id
            let revoked = try await shared.loadQuietly().withAccounts { accounts in
                guard let wanted = ID<Token>(checking: id) else { return false }
                return try await accounts.revokeToken(wanted)
            }
            guard revoked else {
                throw Failure(.failed, "There is no token with the id “\(id)”. “host token list” prints all of them.")
            }
            StandardOutput.write("The token was revoked.")
        }
    }
}
