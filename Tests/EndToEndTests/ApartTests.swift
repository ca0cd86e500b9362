import SQL
import TestSupport
import Testing

/// Web, worker and scheduler as processes of their own, with nothing in common but the database.
@Suite(.timeLimit(.minutes(20)))
struct ApartTests {
    @Test(arguments: Footing.allCases)
    func `three processes do the main job together`(engine: Footing) async throws {
        let (shop, sink) = (try Shop(), try await SMTPSink())
        var settings = Household.settings(mail: sink.port)
        settings["check.minimumIntervalSeconds"] = "1"
        let installation = try await Installation.on(engine, settings)
        var page = ShopPage(name: "Enamel Kettle", price: "49.90")
        let address = shop.put(page, at: "/kettle")

        try await installation.run("web") { log in
            let web = RunningProgram(installation: installation, port: try await log.port(), log: log)
            let home = try await Household.moveIn(web)
            try await home.addMailChannel()
            try await installation.run("worker") { _ in
                try await installation.run("scheduler") { _ in
                    let (kettle, _) = try await home.watch(address, target: "40")
                    #expect(kettle.price == .init(minor: 4990, currency: "EUR"))
                    page.price = "39.90"
                    shop.put(page, at: "/kettle")
                    // The page asks, another process looks, and the answer comes back through the database.
                    let check = try await home.check(kettle)
                    #expect(check.outcome == "ok")
                    // Nobody asks: the scheduler finds it due.
                    page.price = "38.50"
                    shop.put(page, at: "/kettle")
                    let listing = try #require(kettle.listings.first)
                    try await Ledger(installation).write { connection in
                        try connection.run("UPDATE listing SET due_at = 0 WHERE id = \(listing.id)")
                    }
                    try await eventually {
                        try await home.rest.history(kettle.id).map { $0.price?.minor } == [3850, 3990, 4990]
                    }
                    let mails = try await sink.received(1)
                    #expect(mails.first?.subject.contains("Enamel Kettle") == true)
                }
            }
        }
    }
}
