import SQL
import Testing

/// Who comes in, with the real binary.
@Suite(.timeLimit(.minutes(20)))
struct EntryTests {
    @Test(arguments: Footing.allCases)
    func `the first link makes one account and no second one`(engine: Footing) async throws {
        try await Installation.on(engine, Household.settings()).run { program in
            #expect(try await program.command("user", "list").contains("no account"))
            let visitor = Visitor(program)
            #expect(try await visitor.open("/").path == "/sign-in")

            let link = try await program.command("user", "invite")
            let page = try await visitor.open(link)
            let path = String(link.dropFirst(program.address.count))
            let short = try await visitor.submit(path, on: page, ["name": "ada", "password": "short"])
            #expect(short.status == 422)
            let home = try await visitor.submit(path, on: short, ["name": "ada", "password": "four unrelated words"])
            #expect(home.path == "/")
            #expect(try await program.command("user", "list").contains("ada"))

            #expect(try await visitor.open(link).form(path) == nil)
        }
    }

    @Test(arguments: Footing.allCases)
    func `a form without the session's token changes nothing`(engine: Footing) async throws {
        try await Installation.on(engine, Household.settings()).run { program in
            let home = try await Household.moveIn(program)
            let fields = ["name": "Mine", "option.to": "mallory@example.org"]
            #expect(try await home.visitor.send("/channels/new/email", fields).status == 403)
            let guessed = fields.merging(["formToken": "0123456789abcdef"]) { old, _ in old }
            #expect(try await home.visitor.send("/channels/new/email", guessed).status == 403)
            #expect(try await home.rest.call("GET", "/channels", as: REST.ChannelList.self).channels.isEmpty)
        }
    }
}
