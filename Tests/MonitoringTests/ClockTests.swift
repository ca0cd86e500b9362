import Model
import Monitoring
import Queue
import Store
import TestSupport
import Testing

/// A clock that is set by hand, or by a time server that was late.
@Suite struct ClockTests {
    @Test(arguments: [Duration.minutes(-5), .minutes(5)])
    func `what is added is due at once, whosever clock is wrong`(ahead: Duration) async throws {
        try await House.with(ahead: ahead) { house in
            let actor = try await house.person()
            house.shop.show(price: "49.90")
            _ = try await house.monitoring.watching.add(
                Shop.address,
                name: nil,
                target: nil,
                interval: .hours(1),
                as: actor
            )
            #expect(try await house.monitoring.scheduling.enqueueDue(limit: 10) == 1)
            #expect(try await house.monitoring.scheduling.clockDifference() == ahead)
        }
    }

    private static func watchMany(_ count: Int, in house: House) async throws -> House.Watched {
        let watched = try await house.watched(price: "49.90")
        for number in 1..<count {
            house.clock.advance(by: .minutes(2))
            _ = try await house.monitoring.watching.add(
                "https://shop.test/lamp-\(number)",
                name: "Lamp \(number)",
                target: nil,
                interval: .hours(1),
                as: watched.actor
            )
            _ = try await house.monitoring.scheduling.enqueueDue(limit: 100)
            try await house.work()
        }
        return watched
    }

    private static func dues(_ house: House, _ watched: House.Watched) async throws -> [Timestamp] {
        try await house.monitoring.watching.products(as: watched.actor).products.flatMap(\.listings).map(\.due).sorted()
    }

    @Test(arguments: [false, true])
    func `set back by a day, every listing is checked within its interval, not all at once`(
        isRestarted: Bool
    ) async throws {
        try await House.with { first in
            let watched = try await Self.watchMany(20, in: first)
            first.setClock(by: .days(-1))
            let house = isRestarted ? try first.restarted(on: first.database) : first
            #expect(try await house.monitoring.scheduling.enqueueDue(limit: 100) < 3)
            let dues = try await Self.dues(house, watched)
            #expect(dues.allSatisfy { $0 <= house.clock.now + .hours(1) })
            #expect(Set(dues).count == 20)
            _ = try await house.monitoring.scheduling.enqueueDue(limit: 100)
            #expect(try await Self.dues(house, watched) == dues, "Once is enough.")
        }
    }

    @Test func `set forward by a day, listings keep their distance`() async throws {
        try await House.with { house in
            let watched = try await Self.watchMany(20, in: house)
            let before = try await Self.dues(house, watched)
            house.setClock(by: .days(1))
            #expect(try await house.monitoring.scheduling.enqueueDue(limit: 100) == 0)
            #expect(try await Self.dues(house, watched) == before.map { $0 + .days(1) })
        }
    }

    @Test func `set forward and put right again, listings come back to their interval`() async throws {
        try await House.with { house in
            let watched = try await Self.watchMany(20, in: house)
            house.setClock(by: .days(400))
            _ = try await house.monitoring.scheduling.enqueueDue(limit: 100)
            house.setClock(by: .days(-400))
            _ = try await house.monitoring.scheduling.enqueueDue(limit: 100)
            #expect(try await Self.dues(house, watched).allSatisfy { $0 <= house.clock.now + .hours(1) })
        }
    }

    @Test func `a jump is not forgotten where the database fails when it is to be mended`() async throws {
        try await House.with { house in
            let watched = try await Self.watchMany(20, in: house)
            house.setClock(by: .days(-1))
            let dying = DyingDatabase(house.database, at: 1, .before) {}
            let restarted = try house.restarted(on: dying)
            await #expect(throws: DyingDatabase.Died.self) {
                try await restarted.monitoring.scheduling.enqueueDue(limit: 100)
            }
            dying.revive()
            _ = try await restarted.monitoring.scheduling.enqueueDue(limit: 100)
            #expect(try await Self.dues(house, watched).allSatisfy { $0 <= house.clock.now + .hours(1) })
        }
    }

    @Test func `after a day in which nothing ran, everything is due`() async throws {
        try await House.with { house in
            _ = try await Self.watchMany(20, in: house)
            house.clock.advance(by: .days(1))
            #expect(try await house.monitoring.scheduling.enqueueDue(limit: 100) == 20)
        }
    }

    @Test func `a listing that was taken before the clock was set back is not forgotten for a day`() async throws {
        try await House.with { house in
            _ = try await house.watched(price: "49.90")
            house.clock.advance(by: .hours(1))
            _ = try await house.monitoring.scheduling.enqueueDue(limit: 10)
            let job = try #require(try await house.queue.take(limit: 1, worker: "dead").first)
            try await house.queue.finish(job, .finished)
            house.setClock(by: .days(-1))
            for _ in 0..<8 {
                _ = try await house.monitoring.scheduling.enqueueDue(limit: 10)
                house.clock.advance(by: .minutes(10))
            }
            #expect(try await house.queue.counts().waiting == 1)
        }
    }

    @Test func `no run of the history ends before it begins, and the newest stays the last`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            try await house.check()
            house.setClock(by: .days(-2))
            for price in ["49.90", "48.00", "48.00", "47.00"] {
                house.shop.show(price: price)
                _ = try await house.monitoring.watching.checkNow(watched.listing, as: watched.actor)
                try await house.work()
                house.clock.advance(by: .minutes(5))
            }
            let detail = try await house.detail(watched)
            let runs = detail.listings[0].runs
            #expect(runs.map { $0.price?.minor } == [4700, 4800, 4990])
            #expect(runs.map(\.checks) == [1, 2, 3])
            #expect(runs.allSatisfy { $0.from <= $0.to })
            for (newer, older) in zip(runs, runs.dropFirst()) { #expect(older.to < newer.from) }
            #expect(detail.best?.price.minor == 4700)
        }
    }

    @Test func `a message from before the clock was set back is still found when its job is lost`() async throws {
        try await House.with { house in
            _ = try await house.watched(price: "49.90", target: "50")
            let job = try #require(try await house.queue.take(limit: 1, worker: "dead").first)
            try await house.queue.finish(job, .finished)
            house.setClock(by: .days(-1))
            #expect(try await house.monitoring.scheduling.enqueueMessages() == 1)
            try await house.work()
            #expect(house.post.messages.count == 1)
        }
    }

    @Test func `a session does not end by a clock set back, and ends by one set far forward`() async throws {
        try await House.with { house in
            let invitation = try await house.monitoring.accounts.invite()
            let session = try await house.monitoring.accounts.accept(
                invitation: invitation.secret,
                name: "ada",
                password: "correct horse battery"
            )
            house.setClock(by: .days(-30))
            #expect(try await house.monitoring.accounts.session(secret: session.secret) != nil)
            house.setClock(by: .days(30) + session.lifetime + .seconds(1))
            #expect(try await house.monitoring.accounts.session(secret: session.secret) == nil)
        }
    }

    @Test func `failed sign-ins from before the clock was set back lock nobody out for long`() async throws {
        try await House.with { house in
            _ = try await house.person("ada")
            for _ in 0..<50 {
                _ = try? await house.monitoring.accounts.signIn(name: "ada", password: "wrong", client: "192.0.2.1")
            }
            await #expect(throws: RequestError.self) {
                _ = try await house.monitoring.accounts.signIn(
                    name: "ada",
                    password: "correct horse battery",
                    client: "192.0.2.1"
                )
            }
            house.setClock(by: .days(-1))
            _ = try await house.monitoring.accounts.signIn(
                name: "ada",
                password: "correct horse battery",
                client: "192.0.2.1"
            )
        }
    }

    @Test func `a preview can be saved after the clock was set back, and tidying does not take it`() async throws {
        try await House.with { house in
            let actor = try await house.person()
            house.shop.show(price: "49.90")
            let preview = try await house.monitoring.watching.preview(Shop.address, as: actor)
            house.setClock(by: .days(-3))
            _ = try await house.monitoring.scheduling.tidy()
            let product = try await house.monitoring.watching.save(
                preview.id,
                name: nil,
                target: nil,
                interval: nil,
                as: actor
            )
            let listing = try await house.monitoring.watching.product(product, as: actor).listings[0]
            #expect(listing.listing.due == house.clock.now + .hours(6))
        }
    }
}
