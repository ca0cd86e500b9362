import Model
import Monitoring
import TestSupport
import Testing

@Suite struct WatchingTests {
    @Test func `a preview shows what was read and stores nothing to watch`() async throws {
        try await House.with { house in
            let actor = try await house.person()
            house.shop.show(price: "49.90")
            let preview = try await house.monitoring.watching.preview("  \(Shop.address)  ", as: actor)
            #expect(preview.reading.price == euro(4990))
            #expect(preview.status == 200)
            #expect(!preview.reading.evidence.isEmpty)
            #expect(try await house.monitoring.watching.preview(preview.id, as: actor) == preview)
            #expect(try await house.monitoring.watching.products(as: actor).products.isEmpty)
        }
    }

    @Test(arguments: ["", "lamp", "ftp://shop.test/lamp", "https://user:pass@shop.test/"])
    func `what is no address is refused before anything is fetched`(address: String) async throws {
        try await House.with { house in
            let actor = try await house.person()
            do {
                _ = try await house.monitoring.watching.preview(address, as: actor)
                Issue.record("It was previewed.")
            } catch RequestError.invalid(let field, _) {
                #expect(field == "address")
            }
            #expect(house.shop.requests.isEmpty)
        }
    }

    @Test func `an address that is watched already leads to its product`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            do {
                _ = try await house.monitoring.watching.preview(Shop.address, as: watched.actor)
                Issue.record("It was previewed.")
            } catch RequestError.conflict(_, let existing) {
                #expect(existing == watched.product.text)
            }
        }
    }

    @Test func `a page without a price is shown but not saved`() async throws {
        try await House.with { house in
            let actor = try await house.person()
            house.shop.fail(status: 404)
            let preview = try await house.monitoring.watching.preview(Shop.address, as: actor)
            #expect(preview.reading.outcome == .notFound)
            await #expect(throws: RequestError.self) {
                try await house.monitoring.watching.save(preview.id, name: nil, target: nil, interval: nil, as: actor)
            }
        }
    }

    @Test(arguments: [
        ("", 60 * 60, "", "name"), ("Lamp", 1, "", "interval"), ("Lamp", 3600, "cheap", "target"),
        ("Lamp", 3600, "30 USD", "target"), ("Lamp", 3600, "0", "target"),
    ])
    func `what is wrong with a form is named and nothing is saved`(
        name: String,
        seconds: Int,
        target: String,
        field: String
    ) async throws {
        try await House.with { house in
            let actor = try await house.person()
            house.shop.show(price: "49.90")
            let preview = try await house.monitoring.watching.preview(Shop.address, as: actor)
            do {
                _ = try await house.monitoring.watching.save(
                    preview.id,
                    name: name,
                    target: target,
                    interval: .seconds(seconds),
                    as: actor
                )
                Issue.record("It was saved.")
            } catch RequestError.invalid(let named, _) {
                #expect(named == field)
            }
            #expect(try await house.monitoring.watching.products(as: actor).products.isEmpty)
        }
    }

    @Test(arguments: [("39.90", 3990), ("39,90", 3990), ("€ 39", 3900), ("1,299.00", 129_900), ("1.299,00 €", 129_900)])
    func `a target is read as people write it`(text: String, minor: Int) async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            try await house.monitoring.watching.setTarget(text, of: watched.product, as: watched.actor)
            #expect(try await house.detail(watched).rules.map(\.kind) == [.targetPrice(euro(minor))])
        }
    }

    @Test func `setting the same target again does not arm a rule that has fired`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", target: "50")
            try await house.monitoring.watching.setTarget("50.00", of: watched.product, as: watched.actor)
            #expect(try await house.detail(watched).rules.map(\.state) == [.fired])
            try await house.monitoring.watching.setTarget("", of: watched.product, as: watched.actor)
            #expect(try await house.detail(watched).rules.isEmpty)
        }
    }

    @Test func `the list shows the best price, the lowest, and the last change`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            house.shop.show(price: "40.00")
            try await house.check()
            house.shop.show(price: "44.00")
            try await house.check()
            let summary = try #require(try await house.monitoring.watching.products(as: watched.actor).products.first)
            #expect(summary.best?.price == euro(4400))
            #expect(summary.lowest == euro(4000))
            #expect(summary.change == 0.1)
            #expect(summary.trend.map(\.price) == [euro(5000), euro(4000), euro(4400)])
        }
    }

    @Test func `check now is done before what is scheduled and can be waited for`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            house.shop.show(price: "48.00")
            let job = try await house.monitoring.watching.checkNow(watched.listing, as: watched.actor)
            #expect(try await house.detail(watched).listings[0].isChecking)
            #expect(
                try await house.monitoring.watching.waitForCheck(
                    job,
                    of: watched.listing,
                    upTo: .zero,
                    as: watched.actor
                ) == nil
            )
            try await house.work()
            let record = try await house.monitoring.watching.waitForCheck(
                job,
                of: watched.listing,
                upTo: .seconds(5),
                as: watched.actor
            )
            #expect(record?.price == euro(4800))
            #expect(try await !house.detail(watched).listings[0].isChecking)
        }
    }

    @Test func `a paused listing is not scheduled`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            try await house.monitoring.watching.setPaused(true, of: watched.listing, as: watched.actor)
            house.clock.advance(by: .days(2))
            #expect(try await house.monitoring.scheduling.enqueueDue(limit: 10) == 0)
            try await house.monitoring.watching.setPaused(false, of: watched.listing, as: watched.actor)
            #expect(try await house.monitoring.scheduling.enqueueDue(limit: 10) == 1)
        }
    }

    @Test func `a new interval counts from the last check`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            let checked = house.clock.now
            house.clock.advance(by: .minutes(10))
            try await house.monitoring.watching.setInterval(.minutes(30), of: watched.listing, as: watched.actor)
            #expect(try await house.detail(watched).listings[0].listing.due == checked + .minutes(30))
        }
    }
}
