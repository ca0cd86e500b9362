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

    /// From the first page to the report, as far as one evening goes; each step is done by another process.
    @Test(arguments: Footing.allCases)
    func `three processes watch a product, report on it and keep to new times`(engine: Footing) async throws {
        let (shop, sink) = (try Shop(), try await SMTPSink())
        let installation = try await Installation.on(engine, Household.settings(mail: sink.port))
        var page = ShopPage(name: "Enamel Kettle", price: "49.90")
        let address = shop.put(page, at: "/kettle")

        try await installation.run("web") { log in
            let web = RunningProgram(installation: installation, port: try await log.port(), log: log)
            let home = try await Household.moveIn(web)
            try await home.addMailChannel()
            try await installation.run("worker") { _ in
                try await installation.run("scheduler") { _ in
                    let (kettle, _) = try await home.watch(address, target: "")
                    page.price = "44.90"
                    shop.put(page, at: "/kettle")
                    try await Self.beginReports(home)
                    // The clock is moved to the report's hour, and what is there is made an hour older.
                    try await Ledger(installation).write { connection in
                        let now = try connection.clockMilliseconds()
                        try connection.run("UPDATE digest SET next_at = \(now - 1000)")
                        try connection.run("UPDATE listing SET last_check_at = last_check_at - 3600000")
                        try connection.run(
                            "UPDATE history_run SET from_at = from_at - 3600000, to_at = to_at - 3600000"
                        )
                    }
                    let report = try #require(try await sink.received(1).first)
                    #expect(report.subject.hasSuffix(": 1 cheaper"))
                    #expect(report.to == Household.mailAddress)
                    #expect(report.text.contains("Enamel Kettle"))
                    #expect(report.text.contains("44.90"))
                    let history = try await home.rest.history(kettle.id)
                    #expect(history.map { $0.price?.minor } == [4490, 4990])
                    // Last, since at night nothing would be checked any more.
                    try await home.setWindow(kettle)
                }
            }
        }
    }

    /// A report every day at nine, by the form.
    private static func beginReports(_ home: Household) async throws {
        let saved = try await home.visitor.submit(
            "/digest",
            on: try await home.visitor.open("/digest"),
            [
                "isOn": "yes", "rhythm": "daily", "time": "09:00", "weekday": "mon", "pattern": "",
                "zone": "Pacific/Auckland", "allChannels": "yes",
            ]
        )
        #expect(saved.words.contains("It comes every day at 09:00, Pacific/Auckland."))
    }
}
