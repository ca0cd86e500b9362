import Model
import Monitoring
import TestSupport
import Testing

@Suite struct AccountsTests {
    private static let password = "correct horse battery"

    @Test func `an invitation makes one account and is used up`() async throws {
        try await House.with { house in
            let accounts = house.monitoring.accounts
            #expect(try await !accounts.hasAccounts())
            let invitation = try await accounts.invite()
            #expect(try await accounts.isOpen(invitation: invitation.secret))
            let session = try await accounts.accept(
                invitation: invitation.secret,
                name: " Ada ",
                password: Self.password
            )
            #expect(try await accounts.session(secret: session.secret)?.account.name == "ada")
            #expect(try await !accounts.isOpen(invitation: invitation.secret))
            await #expect(throws: RequestError.self) {
                try await accounts.accept(invitation: invitation.secret, name: "eve", password: Self.password)
            }
            #expect(try await accounts.accounts().map(\.name) == ["ada"])
        }
    }

    @Test func `an invitation ends after an hour`() async throws {
        try await House.with { house in
            let invitation = try await house.monitoring.accounts.invite()
            house.clock.advance(by: .hours(1))
            #expect(try await !house.monitoring.accounts.isOpen(invitation: invitation.secret))
        }
    }

    @Test(arguments: [
        ("", password, "name"), ("two words", password, "name"), ("ada", "short", "password"),
        ("taken", password, "name"),
    ])
    func `what is wrong with a new account is named, and the link stays open`(
        name: String,
        password: String,
        field: String
    ) async throws {
        try await House.with { house in
            _ = try await house.person("taken")
            let accounts = house.monitoring.accounts
            let invitation = try await accounts.invite()
            do {
                _ = try await accounts.accept(invitation: invitation.secret, name: name, password: password)
                Issue.record("The account was made.")
            } catch RequestError.invalid(let named, _) {
                #expect(named == field)
            }
            #expect(try await accounts.isOpen(invitation: invitation.secret))
        }
    }

    @Test func `only the right password signs in, and too many wrong ones close the door for a while`() async throws {
        try await House.with { house in
            _ = try await house.person("ada")
            let accounts = house.monitoring.accounts
            let session = try await accounts.signIn(name: "ADA", password: Self.password, client: "192.0.2.1")
            #expect(try await accounts.session(secret: session.secret) != nil)
            for _ in 0..<10 {
                await #expect(throws: RequestError.invalid(field: "password", "The name or the password is wrong.")) {
                    try await accounts.signIn(name: "ada", password: "wrong wrong wrong", client: "192.0.2.2")
                }
            }
            do {
                _ = try await accounts.signIn(name: "ada", password: Self.password, client: "192.0.2.3")
                Issue.record("The door was open.")
            } catch RequestError.tooMany(_, let retryAfter) {
                #expect(retryAfter == .minutes(15))
            }
            house.clock.advance(by: .minutes(16))
            _ = try await accounts.signIn(name: "ada", password: Self.password, client: "192.0.2.3")
        }
    }

    @Test func `a session ends by signing out and by age`() async throws {
        try await House.with { house in
            _ = try await house.person("ada")
            let accounts = house.monitoring.accounts
            let first = try await accounts.signIn(name: "ada", password: Self.password, client: "192.0.2.1")
            let second = try await accounts.signIn(name: "ada", password: Self.password, client: "192.0.2.1")
            try await accounts.signOut(secret: first.secret)
            #expect(try await accounts.session(secret: first.secret) == nil)
            #expect(try await accounts.session(secret: second.secret) != nil)
            house.clock.advance(by: second.lifetime)
            #expect(try await accounts.session(secret: second.secret) == nil)
        }
    }

    @Test func `a token speaks for its account with its rights until it is revoked`() async throws {
        try await House.with { house in
            let ada = try await house.person("ada")
            let accounts = house.monitoring.accounts
            let made = try await accounts.createToken(account: "ada", name: "backup script", rights: .read)
            #expect(try await accounts.actor(token: made.secret) == Actor(account: ada.account, rights: .read))
            #expect(try await accounts.actor(token: "pma_guess") == nil)
            await #expect(throws: RequestError.self) {
                try await house.monitoring.watching.add(
                    Shop.address,
                    name: nil,
                    target: nil,
                    interval: nil,
                    as: Actor(account: ada.account, rights: .read)
                )
            }
            #expect(try await accounts.revokeToken(made.token.id))
            #expect(try await accounts.actor(token: made.secret) == nil)
        }
    }

    @Test func `a token for an account that does not exist is refused by name`() async throws {
        try await House.with { house in
            do {
                _ = try await house.monitoring.accounts.createToken(account: "nobody", name: "x", rights: .read)
                Issue.record("A token was made.")
            } catch RequestError.notFound(let sentence) {
                #expect(sentence.contains("nobody"))
            }
        }
    }

    @Test func `removing an account removes what it owns`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", target: "45")
            #expect(try await house.monitoring.accounts.remove(name: "ada"))
            await #expect(throws: RequestError.self) { try await house.detail(watched) }
            #expect(try await house.monitoring.scheduling.enqueueDue(limit: 10) == 0)
        }
    }

    @Test func `nobody sees or changes what belongs to someone else`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            let eve = try await house.person("eve")
            let watching = house.monitoring.watching
            #expect(try await watching.products(as: eve).products.isEmpty)
            await #expect(throws: RequestError.self) { try await watching.product(watched.product, as: eve) }
            await #expect(throws: RequestError.self) { try await watching.rename(watched.product, to: "x", as: eve) }
            await #expect(throws: RequestError.self) { try await watching.remove(watched.product, as: eve) }
            await #expect(throws: RequestError.self) { try await watching.setTarget("1", of: watched.product, as: eve) }
            await #expect(throws: RequestError.self) {
                try await watching.setPaused(true, of: watched.listing, as: eve)
            }
            await #expect(throws: RequestError.self) { try await watching.checkNow(watched.listing, as: eve) }
            let channel = try #require(try await house.monitoring.channels.channels(as: watched.actor).first)
            await #expect(throws: RequestError.self) {
                try await house.monitoring.channels.remove(channel.channel.id, as: eve)
            }
        }
    }
}
