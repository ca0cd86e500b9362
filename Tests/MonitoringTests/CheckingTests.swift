import Fetch
import Model
import Monitoring
import PluginAPI
import Queue
import TestSupport
import Testing

@Suite struct CheckingTests {
    @Test func `what a person saved is the first believed point of the history`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            let detail = try await house.detail(watched)
            #expect(detail.product.name == "Desk lamp")
            #expect(detail.best?.price == euro(4990))
            #expect(detail.listings.first?.runs.map(\.standing) == [.accepted])
            #expect(detail.listings.first?.checks.map(\.outcome) == [.ok])
            #expect(detail.listings.first?.listing.confirmedStrategy == "json-ld")
        }
    }

    @Test func `equal observations are one run, a new price is another`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            try await house.check()
            try await house.check()
            house.shop.show(price: "45.00")
            try await house.check()
            let runs = try await house.detail(watched).listings[0].runs
            #expect(runs.map(\.price) == [euro(4500), euro(4990)])
            #expect(runs.map(\.checks) == [1, 3])
            #expect(runs[1].to - runs[1].from == .hours(2))
        }
    }

    @Test func `a price at the target is told once, and again after it rose`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", target: "45")
            #expect(house.post.messages.isEmpty)
            house.shop.show(price: "44.90")
            try await house.check()
            try await house.check()
            #expect(house.post.messages.count == 1)
            #expect(house.post.messages[0].hasSuffix("Desk lamp is down to €44.90"))
            #expect(try await house.detail(watched).rules.map(\.state) == [.fired])
            house.shop.show(price: "45.10")
            try await house.check()
            house.shop.show(price: "44.00")
            try await house.check()
            #expect(house.post.messages.count == 1, "A price that trembles around the target is no news.")
            house.shop.show(price: "49.90")
            try await house.check()
            house.shop.show(price: "43.00")
            try await house.check()
            #expect(house.post.messages.count == 2)
            #expect(Set(house.post.messages.map { $0.prefix { $0 != " " } }).count == 2)
        }
    }

    @Test func `a target that is met already is told when it is saved`() async throws {
        try await House.with { house in
            _ = try await house.watched(price: "49.90", target: "50")
            try await house.work()
            #expect(house.post.messages.count == 1)
        }
    }

    @Test func `a rule waits until there is a channel to tell`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", target: "45", channel: false)
            house.shop.show(price: "44.90")
            try await house.check()
            #expect(try await house.detail(watched).rules.map(\.state) == [.armed])
            _ = try await house.monitoring.channels.add(
                plugin: "bell",
                name: "Door",
                options: ["key": "secret-1"],
                as: watched.actor
            )
            try await house.check()
            #expect(house.post.messages.count == 1)
        }
    }

    @Test func `a large move is doubted, looked at again soon, and believed when it is read twice`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "499.00", target: "400")
            house.shop.show(price: "199.00")
            try await house.check()
            var detail = try await house.detail(watched)
            #expect(detail.best?.price == euro(49900), "A doubted price moves nothing.")
            #expect(detail.listings[0].runs.map(\.standing) == [.suspect, .accepted])
            #expect(house.post.messages.isEmpty)
            #expect(detail.listings[0].listing.due == house.clock.now + .minutes(2))
            try await house.check(after: .minutes(2))
            detail = try await house.detail(watched)
            #expect(detail.best?.price == euro(19_900))
            #expect(detail.listings[0].runs.map(\.standing) == [.accepted, .accepted])
            #expect(house.post.messages.count == 1)
        }
    }

    @Test func `a slip of the page is rejected by the second look and alerts nobody`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "499.00", target: "400")
            house.shop.show(price: "4.99")
            try await house.check()
            house.shop.show(price: "499.00")
            try await house.check(after: .minutes(2))
            let detail = try await house.detail(watched)
            #expect(detail.best?.price == euro(49900))
            #expect(detail.lowest == euro(49900))
            #expect(detail.listings[0].runs.map(\.standing) == [.accepted, .rejected, .accepted])
            #expect(house.post.messages.isEmpty)
        }
    }

    @Test func `a price that keeps jumping is not looked at every two minutes for ever`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "499.00")
            for price in ["4.99", "999.00", "1.00"] {
                house.shop.show(price: price)
                try await house.check()
            }
            #expect(try await house.detail(watched).listings[0].listing.due == house.clock.now + .hours(1))
        }
    }

    @Test func `nothing changed extends the run without reading the page`() async throws {
        try await House.with { house in
            let actor = try await house.person()
            house.shop.show(price: "49.90", etag: "\"v1\"")
            let product = try await house.monitoring.watching.add(
                Shop.address,
                name: nil,
                target: nil,
                interval: .hours(1),
                as: actor
            )
            try await house.check(after: .zero)
            try await house.check()
            let listing = try await house.monitoring.watching.product(product, as: actor).listings[0]
            #expect(listing.checks.map(\.outcome) == [.unchanged, .ok])
            #expect(listing.runs.map(\.checks) == [2])
            #expect(house.shop.requests.last?.headers["If-None-Match"] == "\"v1\"")
        }
    }

    @Test func `a product added without a preview takes its name from the page`() async throws {
        try await House.with { house in
            let actor = try await house.person()
            house.shop.show(price: "49.90")
            let product = try await house.monitoring.watching.add(
                Shop.address,
                name: nil,
                target: "39.90 EUR",
                interval: nil,
                as: actor
            )
            #expect(try await house.monitoring.watching.product(product, as: actor).product.name == Shop.address)
            try await house.check(after: .zero)
            let detail = try await house.monitoring.watching.product(product, as: actor)
            #expect(detail.product.name == "Desk lamp")
            #expect(detail.product.image == "https://shop.test/lamp.png")
            #expect(detail.rules.map(\.kind) == [.targetPrice(euro(3990))])
        }
    }

    @Test func `a shop that refuses changes nothing but the log`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            house.shop.fail(status: 403)
            try await house.check()
            house.shop.respond { _ in throw ExchangeError.timeout("shop.test did not answer within 30 seconds.") }
            try await house.check()
            let detail = try await house.detail(watched)
            #expect(detail.best?.price == euro(4990))
            #expect(detail.listings[0].listing.failures == 2)
            #expect(detail.listings[0].checks.map(\.outcome) == [.timeout, .blocked, .ok])
            #expect(detail.listings[0].listing.lastNote == "shop.test did not answer within 30 seconds.")
            house.shop.show(price: "49.90")
            try await house.check()
            #expect(try await house.detail(watched).listings[0].listing.failures == 0)
        }
    }

    @Test func `out of stock has no best price, and coming back at the same price is no news`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", target: "45")
            house.shop.show(price: "44.00")
            try await house.check()
            house.shop.show(price: "44.00", availability: "OutOfStock")
            try await house.check()
            #expect(try await house.detail(watched).best == nil)
            house.shop.show(price: "44.00")
            try await house.check()
            #expect(try await house.detail(watched).best?.price == euro(4400))
            #expect(house.post.messages.count == 1)
        }
    }

    @Test func `the same job twice is recorded once and fetches once`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", target: "45")
            house.shop.show(price: "44.00")
            house.clock.advance(by: .hours(1))
            _ = try await house.monitoring.scheduling.enqueueDue(limit: 10)
            let job = try #require(try await house.queue.take(limit: 1, worker: "test").first)
            let before = house.shop.requests.count
            #expect(await house.monitoring.jobs.perform(job) == .finished)
            #expect(await house.monitoring.jobs.perform(job) == .finished)
            #expect(house.shop.requests.count == before + 1)
            let detail = try await house.detail(watched)
            #expect(detail.listings[0].checks.count == 2)
            try await house.work()
            #expect(house.post.messages.count == 1)
        }
    }

    @Test func `a product removed while it is looked at leaves nothing behind`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            house.clock.advance(by: .hours(1))
            _ = try await house.monitoring.scheduling.enqueueDue(limit: 10)
            try await house.monitoring.watching.remove(watched.product, as: watched.actor)
            #expect(try await house.work() == [.finished])
        }
    }

    @Test func `a shop that is left alone moves the next check to when it opens, which is no failure`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            let why = "shop.test asked to be left alone (status 429 with Retry-After)."
            house.shop.respond { _ in throw ExchangeError.closed(why, opensIn: .minutes(7)) }
            try await house.check()
            let listing = try #require(try await house.detail(watched).listings.first?.listing)
            #expect(listing.lastOutcome == .refused)
            #expect(listing.lastNote == why)
            #expect(listing.failures == 0)
            #expect(listing.failing == nil)
            #expect(listing.due == house.clock.now + .minutes(7))
            house.shop.show(price: "48.00")
            try await house.check(after: .minutes(7))
            #expect(try await house.detail(watched).best?.price == euro(4800))
        }
    }

    @Test func `a check that would wait long for others at its shop comes back later, and nothing is recorded`()
        async throws
    {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            let before = try await house.detail(watched).listings[0]
            house.shop.respond { _ in throw LaterTurn(after: .minutes(7)) }
            try await house.check()
            let after = try await house.detail(watched).listings[0]
            #expect(after.checks == before.checks)
            #expect(after.listing.failures == 0)
            #expect(after.listing.due == house.clock.now + .minutes(7))
        }
    }

    @Test func `what robots.txt forbids is shown to the person who asks for a preview`() async throws {
        try await House.with { house in
            let actor = try await house.person()
            let why =
                "The robots.txt of shop.test forbids this page to “PriceMonitoringAgent”: line 2 is “Disallow: /”."
            house.shop.respond { _ in throw ExchangeError.refused(why) }
            let preview = try await house.monitoring.watching.preview(Shop.address, as: actor)
            #expect(preview.reading.outcome == .refused)
            #expect(preview.reading.note == why)
        }
    }

    @Test func `a job of the original system names an address only`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            house.shop.show(price: "48.00")
            try await house.queue.add([
                NewJob(
                    id: "node-1",
                    name: .checkPrice,
                    payload: "{\"url\":\"\(Shop.address)\",\"triggeredAt\":\"2026-01-01T00:00:00Z\"}"
                )
            ])
            #expect(try await house.work() == [.finished])
            #expect(try await house.detail(watched).best?.price == euro(4800))
        }
    }

    @Test(arguments: ["", "[]", "{\"listingId\":7}"])
    func `a payload that is no such object is given up with a reason`(payload: String) async throws {
        try await House.with { house in
            let job = Job(
                id: "bad",
                name: .checkPrice,
                payload: payload,
                attempt: 1,
                attempts: 3,
                added: house.clock.now,
                lease: "x"
            )
            guard case .giveUp(let why) = await house.monitoring.jobs.perform(job) else {
                Issue.record("The job was not given up.")
                return
            }
            #expect(why.contains("check-price"))
        }
    }
}

func euro(_ minor: Int) -> Money {
    guard let currency = Currency(code: "EUR") else { preconditionFailure("EUR is a currency.") }
    return Money(minor: minor, currency: currency)
}
