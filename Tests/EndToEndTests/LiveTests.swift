import TestSupport
import Testing

/// A page in a real browser, kept as it is by what other processes do.
@Suite(.timeLimit(.minutes(20)))
struct LiveTests {
    @Test(arguments: Footing.allCases)
    func `an open page shows the new price by itself, and leaves alone what a person types`(
        footing: Footing
    ) async throws {
        let shop = try Shop()
        let installation = try await Installation.on(footing, Household.settings())
        var page = ShopPage(name: "Enamel Kettle", price: "49.90")
        let address = shop.put(page, at: "/kettle")
        try await installation.run("web") { log in
            let web = RunningProgram(installation: installation, port: try await log.port(), log: log)
            let home = try await Household.moveIn(web)
            try await installation.run("worker") { _ in
                let (kettle, _) = try await home.watch(address, target: "40")
                let cookie = try home.visitor.cookie("session") ?? ""
                try await Browser.run(pictures: Drawing.svg) { browser in
                    try await browser.setCookie("session", cookie, for: web.address)
                    try await browser.open("\(web.address)/products/\(kettle.id)")
                    #expect(try await browser.evaluate(Self.price).contains("49.90"))
                    // Gone with a page that is loaded anew.
                    _ = try await browser.evaluate("window.mark = 'the same page'")
                    _ = try await browser.evaluate(
                        "document.querySelector('#name').focus(), document.querySelector('#name').value = 'My kettle'"
                    )
                    page.price = "44.90"
                    shop.put(page, at: "/kettle")
                    #expect(try await home.check(kettle).outcome == "ok")
                    try await eventually { try await browser.evaluate(Self.price).contains("44.90") }
                    #expect(try await browser.evaluate("window.mark") == "the same page")
                    #expect(try await browser.evaluate("document.activeElement.id") == "name")
                    #expect(try await browser.evaluate("document.querySelector('#name').value") == "My kettle")

                    #expect(browser.complaints.filter { !$0.contains("pictures.example") } == [])
                }
            }
        }
    }

    @Test func `told to end while a page is open, it does not wait for its reader`() async throws {
        let installation = try await Installation.on(.sqlite, Household.settings())
        let heard = "\(installation.folder)/heard"
        let reader = try await installation.run { program in
            let home = try await Household.moveIn(program)
            let cookie = try home.visitor.cookie("session") ?? ""
            let reader = Task {
                try await Command.run(
                    "curl",
                    ["-sN", "-o", heard, "-H", "Cookie: session=\(cookie)", "\(program.address)/live"]
                )
            }
            try await home.addMailChannel()
            try await eventually {
                (try? TextFile.read(heard).contains("event: changed")) == true
            }
            return reader
        }
        #expect(try await reader.value.isSuccess)
    }

    private static let price = "document.querySelector('.big-price').textContent"
}
