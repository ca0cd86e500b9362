import ArgumentParser
import Model
import Monitoring
import TestSupport
import Testing

@testable import Host

/// `host user remove` asks before it takes a person's things away.
@Suite(.timeLimit(.minutes(20)))
struct UserRemoveTests {
    /// Runs the program beside a database in which `ada` has an account; gives who is left.
    private func remove(_ arguments: [String], answer: String) async throws -> (ended: RealHost.Ended, left: [String]) {
        let folder = try TestFolder()
        let place = ["--set", "data.folder=\(folder.path)"]
        let settings = try Settings(SharedOptions.parse(place).load())
        try await settings.withAccounts { accounts in
            let invitation = try await accounts.invite()
            _ = try await accounts.accept(invitation: invitation.secret, name: "ada", password: "correct horse battery")
            _ = try await accounts.createToken(account: "ada", name: "script", rights: .read)
        }
        let ended = try await RealHost.run(["user", "remove"] + arguments + place, input: answer, in: folder.path)
        return (ended, try await settings.withAccounts { try await $0.accounts() }.map(\.name))
    }

    @Test(arguments: ["", "\n", "y\n", "yes\n", "adam\n"])
    func `any other answer than the name removes nothing`(answer: String) async throws {
        let (ended, left) = try await remove(["ada"], answer: answer)
        #expect(ended.code == 1)
        #expect(ended.output.contains("“ada” owns 0 products with their history and rules, 0 channels and 1 token."))
        #expect(ended.error.contains("Nothing was removed"))
        #expect(left == ["ada"])
    }

    @Test(arguments: [(["ada"], "ada\n"), (["ada", "--yes"], "")])
    func `the name typed once more, or --yes, removes the account`(arguments: [String], answer: String) async throws {
        let (ended, left) = try await remove(arguments, answer: answer)
        #expect(ended.code == 0, "\(ended.error)")
        #expect(ended.output.contains("The account “ada” and everything it owned was removed."))
        #expect(left == [])
    }

    @Test func `without --yes nothing is asked about an account that is not there`() async throws {
        let (ended, left) = try await remove(["eve"], answer: "eve\n")
        #expect(ended.code == 1)
        #expect(ended.error.contains("There is no account “eve”."))
        #expect(left == ["ada"])
    }
}
