import FoundationEssentials
import SQL
import TestSupport
import Testing

/// The report with the real binary: set in the page, due by the clock, killed in between, and one mail.
@Suite(.timeLimit(.minutes(20)))
struct DigestTests {
    @Test(arguments: Footing.allCases)
    func `a report that is due comes once, with prices read for it, however often the program is killed`(
        engine: Footing
    ) async throws {
        let (shop, sink) = (try Shop(), try await SMTPSink())
        let installation = try await Installation.on(engine, Household.settings(mail: sink.port))
        var page = ShopPage(name: "Enamel Kettle", price: "49.90")
        let address = shop.put(page, at: "/kettle")

        try await installation.runUntilKilled { program, _ in
            let home = try await Household.moveIn(program)
            try await home.addMailChannel()
            _ = try await home.watch(address, target: "")
            let form = try await home.visitor.open("/digest")
            let saved = try await home.visitor.submit(
                "/digest",
                on: form,
                [
                    "isOn": "yes", "rhythm": "daily", "time": "09:00", "weekday": "mon", "pattern": "", "zone": "UTC",
                    "allChannels": "yes",
                ]
            )
            #expect(saved.words.contains("It comes every day at 09:00, UTC."))
        }
        page.price = "44.90"
        shop.put(page, at: "/kettle")
        try await Self.write(installation) { connection in
            let now = try connection.clockMilliseconds()
            try connection.run("UPDATE digest SET next_at = \(now - 1000)")
            try connection.run("UPDATE listing SET last_check_at = last_check_at - 3600000")
            try connection.run("UPDATE history_run SET from_at = from_at - 3600000, to_at = to_at - 3600000")
        }
        for state in ["checking", "written"] {
            try await installation.runUntilKilled { _, _ in
                try await Self.wait(installation, for: state == "written" ? ["written"] : ["checking", "written"])
            }
        }
        try await installation.run { program in
            _ = try await sink.received(1)
            let home = try await Household.comeBack(program)
            while try await home.rest.messages().contains(where: { $0.state == "pending" }) {
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(try await home.tryMailChannel().status == 200)
            let runs = try await home.rest.call("GET", "/digest", as: Answer.self).runs
            #expect(runs.map(\.state) == ["written"])
            #expect(runs.map(\.products) == [1])
        }
        let ids = try await sink.received(2).map { ($0.messageID, $0.subject, $0.text) }
        let reports = ids.filter { $0.1.hasPrefix("Price report – ") }
        #expect(Set(reports.map(\.0)).count == 1)
        #expect(reports.allSatisfy { $0.1.hasSuffix(": 1 cheaper") })
        #expect(reports.allSatisfy { $0.2.contains("Enamel Kettle") && $0.2.contains("44.90") })
    }

    @Test func `a report sent by hand to several people shows none of them to another`() async throws {
        let (shop, sink) = (try Shop(), try await SMTPSink())
        let installation = try await Installation.on(.sqlite, Household.settings(mail: sink.port))
        let address = shop.put(ShopPage(name: "Enamel Kettle", price: "49.90"), at: "/kettle")
        try await installation.run { program in
            let home = try await Household.moveIn(program)
            _ = try await home.watch(address, target: "")
            let digest = try await home.visitor.open("/digest")
            let report = try await home.visitor.submit("/digest/preview", on: digest)
            let recipients = ["ann@people.example", "ben@people.example", "cleo@people.example"]
            let sent = try await home.visitor.submit(
                "\(report.path)/send",
                on: report,
                ["recipients": recipients.joined(separator: ", ")]
            )
            #expect(sent.words.contains("The mail server took the report."))
            let mail = try #require(try await sink.mails(1).first)
            #expect(mail.to == recipients)
            #expect(!mail.message.contains("people.example"))
            let received = try await ReceivedMail(mail)
            #expect(received.to == mail.from)
            #expect(received.text.contains("Enamel Kettle"))
        }
    }

    private struct Answer: Decodable {
        let runs: [Run]

        struct Run: Decodable {
            let state: String
            let products: Int?
        }
    }

    private static func write(
        _ installation: Installation,
        _ work: @escaping @Sendable (any Connection) throws -> Void
    ) async throws {
        let database = try installation.openDatabase()
        try await database.transaction(work)
        await database.close()
    }

    /// Until the report's run is in one of these states.
    private static func wait(_ installation: Installation, for states: Set<String>) async throws {
        let database = try installation.openDatabase()
        while true {
            let found = try await database.read { connection in
                try connection.rows("SELECT state FROM digest_run").map { try $0.text("state") }
            }
            if !states.isDisjoint(with: found) { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        await database.close()
    }
}
