import PluginAPI
import TestSupport
import Testing

/// The program ends before and after each of its requests, and another one goes on.
@Suite(.timeLimit(.minutes(20)))
struct KillTests {
    private static let troubles: [FakeDigitalOcean.Trouble] = [.endedBefore, .endedAfter, .lostBefore, .lostAfter]

    private static func account() -> Account {
        var cloud = FakeCloud()
        cloud.patience = 1
        return Account(Account.everything, cloud: cloud)
    }

    @Test(arguments: troubles.indices)
    func `wherever it ends while it makes things, there is one of each at the end`(index: Int) async throws {
        let whole = Self.account()
        try await whole.apply()
        let count = whole.fake.count
        #expect(count > 30)
        print("DigitalOcean is ended at \(count) requests while it makes things, in way \(index + 1) of 4.")
        var interrupted = 0
        for number in 1...count {
            let account = Self.account()
            account.fake.suffer { asked, _ in asked == number ? Self.troubles[index] : nil }
            do { try await account.apply() } catch is ProviderError { interrupted += 1 }
            account.fake.suffer { _, _ in nil }
            let survey = try await account.apply()
            #expect(survey.changes == [], "ended at request \(number) of \(count)")
            #expect(account.faults() == [], "ended at request \(number) of \(count)")
        }
        // A connection that breaks is mostly mended at once; a program that ends is not.
        #expect(index >= 2 || interrupted == count)
    }

    @Test(arguments: troubles.indices)
    func `wherever it ends while it takes things away, nothing is left at the end`(index: Int) async throws {
        let whole = Self.account()
        try await whole.apply()
        whole.fake.suffer { _, _ in nil }
        try await whole.destroy()
        let count = whole.fake.count
        #expect(count > 20)
        print("DigitalOcean is ended at \(count) requests while it takes things away, in way \(index + 1) of 4.")
        for number in 1...count {
            let account = Self.account()
            try await account.apply()
            account.fake.suffer { asked, _ in asked == number ? Self.troubles[index] : nil }
            do { try await account.destroy() } catch is ProviderError {}
            account.fake.suffer { _, _ in nil }
            try await account.destroy()
            #expect(account.leftovers() == [], "ended at request \(number) of \(count)")
        }
    }
}
