import SQL
import Testing
import TestSupport

/// The main job with the real binary, over HTTP and SMTP: what a person does on the first day.
@Suite(.timeLimit(.minutes(20)))
struct MainJobTests {
    @Test(arguments: Footing.allCases)
    func `a person sets up, watches a page, and gets one mail for each time it gets cheap`(engine: Footing) async throws
    {
        let (shop, sink) = (try Shop(), try await SMTPSink())
        let installation = try await Installation.on(engine, Household.settings(mail: sink.port))
        var page = ShopPage(name: "Enamel Kettle", price: "49.90")
        let address = shop.put(page, at: "/kettle?colour=blue")

        try await installation.run { program in
            let home = try await Household.moveIn(program)
            try await home.addMailChannel()
            let (kettle, preview) = try await home.watch(address, target: "40")
            #expect(preview.words.contains("49.90"))
            #expect(preview.words.contains("Enamel Kettle"))
            #expect(kettle.price == .init(minor: 4990, currency: "EUR"))

            // Below the target; lower still, which is no news; above it; below again.
            for price in ["39.90", "38.50", "41.50", "39.00"] {
                page.price = price
                shop.put(page, at: "/kettle?colour=blue")
                let check = try await home.check(kettle)
                try #require(check.outcome == "ok")
                try #require(check.standing == "accepted")
                // The first firing's mail is out before the second firing's is written.
                if price == "39.90" { _ = try await sink.received(1) }
            }
            let history = try await home.rest.history(kettle.id)
            #expect(history.map { $0.price?.minor } == [3900, 4150, 3850, 3990, 4990])
            #expect(try await home.rest.product(kettle.id).target?.state == "fired")

            _ = try await sink.received(2)
            #expect(try await home.rest.messages().count == 2)
            #expect(try await home.tryMailChannel().status == 200)
        }

        // Nothing else was written, and the test mail was asked for last: had there been another, it would be here.
        let mails = try await sink.received(3)
        #expect(mails.allSatisfy { $0.to == Household.mailAddress })
        #expect(Set(mails.map(\.messageID)).count == 3)
        #expect(mails.map { $0.subject.contains("Enamel Kettle") } == [true, true, false])
        for (mail, price) in zip(mails, ["39.90", "39.00"]) {
            #expect(mail.subject.contains(price))
            #expect(mail.text.contains(price))
            #expect(mail.html.contains(price))
            #expect(mail.messageID.hasSuffix("@monitor.example>"))
        }
    }

    @Test(arguments: Footing.allCases)
    func `a price that falls too far waits for a second look and is told when that agrees`(engine: Footing) async throws
    {
        let (shop, sink) = (try Shop(), try await SMTPSink())
        let installation = try await Installation.on(engine, Household.settings(mail: sink.port))
        var page = ShopPage(markup: .microdata, name: "Reading Lamp", price: "120.00", currency: "GBP")
        let address = shop.put(page, at: "/lamp")

        try await installation.run { program in
            let home = try await Household.moveIn(program)
            try await home.addMailChannel()
            let (lamp, _) = try await home.watch(address, target: "100")

            page.price = "15.00"
            shop.put(page, at: "/lamp")
            #expect(try await home.check(lamp).standing == "suspect")
            #expect(try await home.rest.product(lamp.id).price == .init(minor: 12000, currency: "GBP"))
            #expect(try await home.rest.messages().isEmpty)

            try #require(try await home.check(lamp).standing == "accepted")
            #expect(try await home.rest.product(lamp.id).price == .init(minor: 1500, currency: "GBP"))
            let mail = try await sink.received(1)[0]
            #expect(mail.text.contains("15.00"))
        }
    }

    @Test(arguments: Footing.allCases)
    func `a price that looks like a slip waits for a person's word, and is told when they believe it`(engine: Footing)
        async throws
    {
        let (shop, sink) = (try Shop(), try await SMTPSink())
        let installation = try await Installation.on(engine, Household.settings(mail: sink.port))
        var page = ShopPage(name: "Espresso Machine", price: "499.00", currency: "EUR")
        let address = shop.put(page, at: "/espresso")

        try await installation.run { program in
            let home = try await Household.moveIn(program)
            try await home.addMailChannel()
            let (machine, _) = try await home.watch(address, target: "450")
            let path = "/products/\(machine.id)"
            let entry = ["kind": "lowest-ever", "value": "", "coolDown": "", "until": ""]
            _ = try await home.visitor.submit("\(path)/alerts", on: home.visitor.open(path), entry)

            page.price = "4.99"
            shop.put(page, at: "/espresso")
            for _ in 0..<3 { #expect(try await home.check(machine).standing == "suspect") }
            #expect(try await home.visitor.open("/").words.contains("A price looks wrong and waits for your word."))
            var alerts = try await home.visitor.open("/alerts")
            #expect(alerts.words.contains("Was €499.00, now €4.99"))
            let doubt = try #require(alerts.html.between("action=\"/doubts/", "\"").first)
            alerts = try await home.visitor.submit("/doubts/\(doubt)", on: alerts, ["answer": "wrong"])
            #expect(alerts.words.contains("The price is kept as wrong"))
            #expect(try await home.check(machine).standing == nil, "The page is the one that was refused.")
            let question = try await sink.received(1)[0]
            #expect(question.text.contains("counts for nothing until you say"))

            page.price = "5.02"
            shop.put(page, at: "/espresso")
            for _ in 0..<2 { _ = try await home.check(machine) }
            page.price = "4.98"
            shop.put(page, at: "/espresso")
            #expect(try await home.check(machine).standing == "suspect")
            alerts = try await home.visitor.open("/alerts")
            let again = try #require(alerts.html.between("action=\"/doubts/", "\"").first)
            alerts = try await home.visitor.submit("/doubts/\(again)", on: alerts, ["answer": "right"])
            #expect(alerts.words.contains("The price counts from now on."))
            #expect(try await home.rest.product(machine.id).price == .init(minor: 498, currency: "EUR"))
            // Two questions, and what is told of the price that was believed.
            let told = try await sink.received(3).filter { $0.text.contains("You asked your price monitor") }
            #expect(told.count == 1 && told[0].text.contains("4.98"))
        }
    }

    @Test(arguments: Footing.allCases)
    func `a restart finds account, products, history and fired rules again`(engine: Footing) async throws {
        let (shop, sink) = (try Shop(), try await SMTPSink())
        let installation = try await Installation.on(engine, Household.settings(mail: sink.port))
        var page = ShopPage(markup: .meta, name: "Garden Chair", price: "80.00", currency: "USD")
        let address = shop.put(page, at: "/chair")

        let chair = try await installation.run { program in
            let home = try await Household.moveIn(program)
            try await home.addMailChannel()
            let (chair, _) = try await home.watch(address, target: "75")
            page.price = "70.00"
            shop.put(page, at: "/chair")
            try #require(try await home.check(chair).outcome == "ok")
            _ = try await sink.received(1)
            return chair
        }

        try await installation.run { program in
            #expect(try await program.command("user", "list").contains(Household.name))
            // Signed in with the cookie of before.
            let visitor = Visitor(program)
            let list = try await visitor.open("/")
            #expect(list.status == 200)
            #expect(list.words.contains("Garden Chair"))

            let home = try await Household.comeBack(program)
            #expect(try await home.rest.history(chair.id).map { $0.price?.minor } == [7000, 8000])
            // Fired before the restart: told once, whatever is checked now.
            #expect(try await home.check(chair).outcome == "unchanged")
            #expect(try await home.rest.product(chair.id).target?.state == "fired")
            #expect(try await home.tryMailChannel().status == 200)
        }
        let subjects = try await sink.received(2).map(\.subject)
        #expect(subjects.map { $0.contains("Garden Chair") } == [true, false])
    }
}
