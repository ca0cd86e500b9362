import Model
import Monitoring
import TestSupport
import Testing

/// Pages that are wrong for a while, among true ones, as a shop serves them.
@Suite(.timeLimit(.minutes(20)))
struct GlitchTests {
    /// A page whose data and whose visible price can be at odds.
    struct Page: Sendable, CustomTestStringConvertible {
        let name: String
        var data = "100.00"
        var shown = "100.00"
        var currency = "EUR"
        var shownCurrency = "EUR"
        var status = 200

        var testDescription: String { name }

        func answer(_ request: HTTPRequest) -> HTTPResponse {
            let page = """
                <!doctype html><html lang="en"><head><title>Desk lamp</title>
                <script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"Desk lamp",
                "offers":{"@type":"Offer","price":"\(data)","priceCurrency":"\(currency)",
                "availability":"https://schema.org/InStock"}}</script></head>
                <body><h1>Desk lamp</h1><p class="price">\(shown) \(shownCurrency)</p><button>Add to cart</button></body></html>
                """
            let captcha = """
                <html><head><title>Are you a human?</title><script src="https://www.google.com/recaptcha/api.js"></script>
                </head><body><form id="captcha"><div class="g-recaptcha"></div>Enter the characters you see</form></body></html>
                """
            let body = status == 200 ? page : captcha
            return HTTPResponse(
                status: status,
                headers: ["Content-Type": "text/html; charset=utf-8"],
                body: Array(body.utf8),
                url: request.url
            )
        }
    }

    static let glitches = [
        Page(name: "nothing", data: "0.00", shown: "0.00"),
        Page(name: "nothing in the data", data: "0.00"),
        Page(name: "ten times as much", data: "1000.00", shown: "1000.00"),
        Page(name: "a hundred times as much", data: "10000.00", shown: "10000.00"),
        Page(name: "a hundredth", data: "1.00", shown: "1.00"),
        Page(name: "another currency", currency: "USD", shownCurrency: "USD"),
        Page(name: "another currency in the data", currency: "USD"),
        Page(name: "a related product's price in the data", data: "34.90"),
        Page(name: "a related product's price where it is shown", shown: "34.90"),
        Page(name: "a proof of being human", status: 403),
    ]

    private func watched(in house: House) async throws -> House.Watched {
        let watched = try await house.watched(price: "100.00", target: "95")
        for (kind, value) in [("drop-percent", "10"), ("lowest-ever", ""), ("change", ""), ("back-in-stock", "")] {
            let entry = AlertEntry(kind: kind, value: value, coolDown: 0)
            _ = try await house.monitoring.alerts.add(entry, to: watched.product, as: watched.actor)
        }
        return watched
    }

    /// An hour later, with the second look where one is due.
    private func look(at page: Page, in house: House) async throws {
        house.shop.respond { page.answer($0) }
        try await house.check()
    }

    @Test(arguments: glitches)
    func `a page that is wrong for one look tells nobody anything and leaves no trace in lows`(glitch: Page)
        async throws
    {
        try await House.with { house in
            let watched = try await watched(in: house)
            for _ in 0..<2 {
                try await look(at: glitch, in: house)
                house.shop.respond { Page(name: "true").answer($0) }
                try await house.check(after: .minutes(2))
                try await house.check()
            }
            #expect(house.post.subjects == [])
            let detail = try await house.detail(watched)
            #expect(detail.best?.price == euro(10_000))
            #expect(detail.lowest == euro(10_000))
            #expect(detail.highest == euro(10_000))
            #expect(try await house.monitoring.doubts.doubts(as: watched.actor).isEmpty)
        }
    }

    @Test func `another currency that stays is believed after a day, and told by nobody as a move of the price`()
        async throws
    {
        try await House.with { house in
            let watched = try await watched(in: house)
            let glitch = Page(
                name: "another currency",
                data: "80.00",
                shown: "80.00",
                currency: "USD",
                shownCurrency: "USD"
            )
            for _ in 0..<25 { try await look(at: glitch, in: house) }
            try await house.check()
            #expect(try await house.detail(watched).best?.price.currency.code == "USD")
            for _ in 0..<26 { try await look(at: Page(name: "true"), in: house) }
            #expect(try await house.detail(watched).best?.price == euro(10_000))
            #expect(house.post.subjects == [])
            try await look(at: Page(name: "cheaper", data: "94.00", shown: "94.00"), in: house)
            #expect(house.post.subjects == ["Desk lamp is down to €94.00"])
        }
    }

    @Test(arguments: glitches)
    func `a page that stays wrong for a day tells nobody anything either`(glitch: Page) async throws {
        try await House.with { house in
            let watched = try await watched(in: house)
            for _ in 0..<24 { try await look(at: glitch, in: house) }
            #expect(house.post.told == [])
            #expect(house.post.subjects.count <= 1, "A doubt is asked about once.")
            #expect(try await house.detail(watched).lowest == euro(10_000))
            try await look(at: Page(name: "true"), in: house)
            try await house.check()
            #expect(house.post.told == [])
            #expect(try await house.detail(watched).best?.price == euro(10_000))
        }
    }

    @Test(arguments: ["90.00", "85.00", "75.00", "61.00", "59.00", "40.00", "22.00", "12.00"])
    func `a true drop of ten percent or more is told after at most one extra look`(price: String) async throws {
        try await House.with { house in
            let watched = try await watched(in: house)
            // Right after a page that was wrong, too.
            try await look(at: Self.glitches[2], in: house)
            try await look(at: Page(name: "true"), in: house)
            let dropped = Page(name: "dropped", data: price, shown: price)
            try await look(at: dropped, in: house)
            try await house.check(after: .minutes(2))
            // Nothing is called a low after some hours.
            #expect(house.post.subjects == ["Desk lamp is down to €\(price)"])
            #expect(house.post.whys.first?.split(separator: "” and “").count == 3, "target, drop and change")
            #expect(house.shop.requests.count <= 6)
            #expect(try await house.detail(watched).lowest == house.detail(watched).best?.price)
        }
    }
}
