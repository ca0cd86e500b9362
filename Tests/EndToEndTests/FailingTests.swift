import FoundationEssentials
import TestSupport
import Testing

/// A shop that turns the real program away.
@Suite(.timeLimit(.minutes(20)))
struct FailingTests {
    @Test
    func `a shop that turns programs away is one mail and shows on the pages, and one mail when it is back`()
        async throws
    {
        let (shop, sink) = (try Shop(), try await SMTPSink())
        var settings = Household.settings(mail: sink.port)
        settings["check.failuresBeforeTelling"] = "2"
        settings["check.failureHoursBeforeTelling"] = "0"
        let installation = try Installation(settings)
        try await installation.run { program in
            let home = try await Household.moveIn(program)
            try await home.addMailChannel()
            var products: [REST.Product] = []
            for name in ["Enamel Kettle, 2 Litres, Blue", "Garden Chair", "Reading Lamp “North”"] {
                let page = ShopPage(name: name, price: "49.90", picture: "https://pictures.example/kettle.svg")
                products.append(try await home.watch(shop.put(page, at: "/\(products.count)"), target: "40").product)
            }
            shop.close(true)
            for _ in 0..<2 {
                for product in products {
                    let check = try await home.check(product)
                    #expect(check.outcome == "blocked", "\(check)")
                }
            }
            let told = try await sink.received(1)[0]
            // The turn that tells may come right before the third product's second failure.
            #expect(["2 of 3", "3 of 3"].contains { told.subject.contains("\($0) products can’t be checked") })
            #expect(told.subject.contains("corner-shop.localhost"))
            #expect(told.html.contains("Garden Chair") && told.text.contains("€49.90"))

            let list = try await home.visitor.open("/")
            #expect(list.words.contains("corner-shop.localhost refuses to show its pages to a program."))
            #expect(list.words.contains("Blocked"))
            let page = try await home.visitor.open("/products/\(products[0].id)")
            #expect(page.words.contains("2 checks in a row failed since"))
            #expect(page.words.contains("You were told"))
            try await look(at: home, ["failing-products": "/", "failing-product": "/products/\(products[0].id)"])

            shop.close(false)
            for product in products {
                let check = try await home.check(product)
                #expect(check.outcome == "ok", "\(check)")
            }
            #expect(try await sink.received(2)[1].subject == "corner-shop.localhost can be checked again")
            #expect(try await home.tryMailChannel().status == 200)
            // Had there been another mail, it would stand before the test.
            #expect(try await sink.received(3)[2].subject.hasPrefix("Test"))
        }
    }

    private func look(at home: Household, _ pages: [String: String]) async throws {
        let address = home.program.address
        let cookie = try home.visitor.cookie("session") ?? ""
        try await Browser.run(pictures: Drawing.svg) { browser in
            try await browser.setCookie("session", cookie, for: address)
            for (name, path) in pages.sorted(by: { $0.key < $1.key }) {
                try await ScreenshotTests.look(at: address + path, named: name, in: browser)
            }
            #expect(browser.complaints == [])
        }
    }
}
