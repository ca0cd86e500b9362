import Model
import Monitoring
import SQL
import Store
import TestSupport
import Testing

/// Prices that wait for a person's word.
@Suite(.timeLimit(.minutes(20)))
struct DoubtTests {
    /// A price that reads as a hundredth of what it was, twice.
    private func doubted(in house: House, target: String? = nil) async throws -> House.Watched {
        let watched = try await house.watched(price: "499.00", target: target)
        house.shop.show(price: "4.99")
        try await house.check()
        try await house.check(after: .minutes(2))
        return watched
    }

    @Test func `a slip of the decimal point waits for a word and counts for nothing meanwhile`() async throws {
        try await House.with { house in
            let watched = try await doubted(in: house, target: "450")
            let doubts = try await house.monitoring.doubts.doubts(as: watched.actor)
            #expect(doubts.map(\.run.price) == [euro(499)])
            #expect(doubts.map(\.believed) == [euro(49_900)])
            #expect(doubts.map(\.run.checks) == [2])
            #expect(house.post.told == [])
            let detail = try await house.detail(watched)
            #expect(detail.best?.price == euro(49_900))
            #expect(detail.lowest == euro(49_900))
        }
    }

    @Test func `the second look goes over a connection of its own, past caches`() async throws {
        try await House.with { house in
            _ = try await doubted(in: house)
            #expect(house.shop.requests.map(\.isFresh) == [false, false, true])
            #expect(house.shop.requests.map { $0.headers["Cache-Control"] } == [nil, nil, "no-cache"])
        }
    }

    @Test func `believed, it counts at once with all that follows`() async throws {
        try await House.with { house in
            let watched = try await doubted(in: house, target: "450")
            let doubt = try #require(try await house.monitoring.doubts.doubts(as: watched.actor).first)
            try await house.monitoring.doubts.decide(doubt.run.id, isRight: true, as: watched.actor)
            try await house.work()
            #expect(house.post.told == ["Desk lamp is down to €4.99"])
            let detail = try await house.detail(watched)
            #expect(detail.best?.price == euro(499))
            #expect(detail.lowest == euro(499))
            #expect(detail.listings[0].listing.tolerance == nil, "A slip teaches nothing.")
            #expect(try await house.monitoring.doubts.doubts(as: watched.actor).isEmpty)
            try await house.check()
            #expect(try await house.detail(watched).listings[0].runs.map(\.standing) == [.accepted, .accepted])
        }
    }

    @Test func `a large move that a person believes is let through from then on`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "499.00")
            house.shop.show(price: "199.00")
            try await house.check()
            let doubt = try #require(try await house.monitoring.doubts.doubts(as: watched.actor).first)
            try await house.monitoring.doubts.decide(doubt.run.id, isRight: true, as: watched.actor)
            #expect(try await house.detail(watched).best?.price == euro(19_900))
            house.shop.show(price: "310.00")
            try await house.check()
            #expect(try await house.detail(watched).best?.price == euro(31_000), "As much as before, at first sight.")
        }
    }

    @Test func `refused, it is kept as wrong, is not asked about again, and the true price is believed`() async throws {
        try await House.with { house in
            let watched = try await doubted(in: house, target: "450")
            let doubt = try #require(try await house.monitoring.doubts.doubts(as: watched.actor).first)
            try await house.monitoring.doubts.decide(doubt.run.id, isRight: false, as: watched.actor)
            for _ in 0..<3 { try await house.check() }
            #expect(try await house.monitoring.doubts.doubts(as: watched.actor).isEmpty)
            #expect(house.post.told == [])
            var detail = try await house.detail(watched)
            #expect(detail.best?.price == euro(49_900))
            #expect(detail.listings[0].runs.map(\.standing) == [.rejected, .accepted])
            #expect(detail.listings[0].runs[0].checks == 5)
            house.shop.show(price: "449.00")
            try await house.check()
            #expect(house.post.told == ["Desk lamp is down to €449.00"])
            house.shop.show(price: "4.99")
            try await house.check()
            detail = try await house.detail(watched)
            #expect(detail.listings[0].runs[0].standing == .suspect, "After another price it is a new question.")
        }
    }

    @Test func `a doubt that the next look refutes is gone, also when that look is doubted too`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "499.00")
            for price in ["4.99", "49.90"] {
                house.shop.show(price: price)
                try await house.check()
            }
            #expect(try await house.monitoring.doubts.doubts(as: watched.actor).map(\.run.price) == [euro(4990)])
            house.shop.show(price: "499.00")
            try await house.check()
            #expect(try await house.monitoring.doubts.doubts(as: watched.actor).isEmpty)
            let runs = try await house.detail(watched).listings[0].runs
            #expect(runs.map(\.standing) == [.accepted, .rejected, .rejected, .accepted])
        }
    }

    @Test func `a doubt is settled when only what is beside the price changed`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "499.00")
            house.shop.show(price: "199.00")
            try await house.check()
            house.shop.show(price: "199.00", availability: "LimitedAvailability")
            try await house.check(after: .minutes(2))
            let detail = try await house.detail(watched)
            #expect(detail.listings[0].runs.map(\.standing) == [.accepted, .accepted, .accepted])
            #expect(detail.listings[0].runs.map(\.doubt) == [nil, nil, nil])
            #expect(detail.best?.price == euro(19_900))
        }
    }

    @Test func `a price is not told with what a doubted one was read from`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "499.00", target: "500", channel: false)
            house.shop.show(price: "4.99")
            try await house.check()
            #expect(try await house.monitoring.doubts.count(as: watched.actor) == 1)
            let second = Listing(
                id: .make(at: house.clock.now),
                product: watched.product,
                owner: watched.actor.account,
                address: try WebAddress("https://shop.test/other"),
                interval: .hours(6),
                due: house.clock.now + .hours(6),
                created: house.clock.now
            )
            try await house.database.transaction { try $0.insert(second) }
            _ = try await house.monitoring.channels.add(
                plugin: "bell",
                name: "Door",
                options: ["key": "secret-1"],
                as: watched.actor
            )
            house.shop.show(price: "510.00")
            _ = try await house.monitoring.watching.checkNow(second.id, as: watched.actor)
            try await house.work()
            #expect(house.post.told == ["Desk lamp is down to €499.00"])
            let content = try await house.database.read { connection in
                try connection.row("SELECT content FROM message")?.text("content") ?? ""
            }
            #expect(content.contains("The price was read from the shop's page."))
        }
    }

    @Test func `an answer that comes too late, twice, or from somebody else changes nothing`() async throws {
        try await House.with { house in
            let watched = try await doubted(in: house)
            let doubt = try #require(try await house.monitoring.doubts.doubts(as: watched.actor).first)
            let other = try await house.person("ben")
            await #expect(throws: RequestError.self) {
                try await house.monitoring.doubts.decide(doubt.run.id, isRight: true, as: other)
            }
            #expect(try await house.monitoring.doubts.doubts(as: other).isEmpty)
            try await house.monitoring.doubts.decide(doubt.run.id, isRight: false, as: watched.actor)
            await #expect(throws: RequestError.self) {
                try await house.monitoring.doubts.decide(doubt.run.id, isRight: true, as: watched.actor)
            }
            #expect(try await house.detail(watched).best?.price == euro(49_900))
        }
    }

    @Test func `a weak reading that a person believes is not asked about again`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "499.00")
            // The page's data and what it shows are at odds.
            house.shop.respond { request in
                let page = """
                    <html lang="en"><head><title>Desk lamp</title><script type="application/ld+json">{
                    "@context":"https://schema.org","@type":"Product","name":"Desk lamp","offers":{"@type":"Offer",
                    "price":"480.00","priceCurrency":"EUR","availability":"https://schema.org/InStock"}}</script></head>
                    <body><h1>Desk lamp</h1><p class="price">452,00 €</p><button>Add to cart</button></body></html>
                    """
                let headers: HTTPHeaders = ["Content-Type": "text/html"]
                return HTTPResponse(status: 200, headers: headers, body: Array(page.utf8), url: request.url)
            }
            try await house.check()
            let doubts = try await house.monitoring.doubts.doubts(as: watched.actor)
            let doubt = try #require(doubts.first)
            try await house.monitoring.doubts.decide(doubt.run.id, isRight: true, as: watched.actor)
            try await house.check()
            #expect(try await house.monitoring.doubts.doubts(as: watched.actor).isEmpty)
            #expect(try await house.detail(watched).best?.price == euro(45_200))
        }
    }
}
