import Model
@testable import Monitoring
import PluginAPI
import SQL
import Store
import TestSupport
import Testing

/// Reports of more products than anybody reads.
@Suite(.timeLimit(.minutes(20)))
struct LongReportTests {
    /// Adds products at 50 EUR that were looked at yesterday: of every hundred one got cheaper since, and one fails.
    private func fill(_ house: House, count: Int, for actor: Actor) async throws {
        let now = house.clock.now
        let euro = try #require(Currency(code: "EUR"))
        try await house.database.transaction { connection in
            for number in 0..<count {
                let product = Product(
                    id: .make(at: now),
                    owner: actor.account,
                    // Neither the order in which they were added nor that of their numbers.
                    name: "Lamp \(number * 7919 % count + 1000)",
                    image: nil,
                    created: now
                )
                try connection.insert(product)
                let price = Money(minor: number % 100 == 42 ? 4500 - number : 5000, currency: euro)
                var listing = Listing(
                    id: .make(at: now),
                    product: product.id,
                    owner: actor.account,
                    address: try WebAddress("https://shop.test/\(number)"),
                    interval: .hours(6),
                    due: now + .hours(6),
                    created: now
                )
                listing.current = .init(price: price, listPrice: nil, availability: .inStock, since: now)
                listing.lastCheck = now
                if number % 100 == 43 { listing.failing = Failing(since: now - .hours(5), outcome: .timeout) }
                try connection.insert(listing)
                for (price, days) in [(Money(minor: 5000, currency: euro), 3), (price, 0)] {
                    let moment = now - .days(days)
                    try connection.insert(
                        HistoryRun(
                            id: .make(at: moment),
                            listing: listing.id,
                            from: moment,
                            to: now,
                            checks: 1,
                            price: price,
                            listPrice: nil,
                            availability: .inStock,
                            standing: .accepted,
                            strategy: nil,
                            confidence: 0.9,
                            evidence: [],
                            doubt: nil
                        )
                    )
                }
            }
        }
    }

    @Test func `it counts all, and names those that moved most, then those that fail, then the others`() async throws {
        try await House.with { house in
            let actor = try await house.person()
            try await fill(house, count: 450, for: actor)
            let composer = house.monitoring.digestTurns.composer
            let now = house.clock.now
            let report = try await house.database.read { connection in
                try composer.report(for: actor.account, zone: .utc, now: now, on: connection)
            }
            #expect(report.products == 450)
            #expect((report.cheaper, report.dearer, report.failing) == (5, 0, 5))
            #expect(report.items.count == ReportComposer.mostItems)
            #expect(report.left == 250)
            let minors = report.items.prefix(5).compactMap(\.price?.minor)
            #expect(minors == [442, 342, 242, 142, 42].map { 4500 - $0 })
            #expect(report.items.dropFirst(5).prefix(5).allSatisfy { $0.failing != nil })
            let others = report.items.dropFirst(10).map(\.title)
            #expect(others == others.sorted())
            #expect(others.first == "Lamp 1000")
            #expect(ReportWords(report: report).subject.hasSuffix(": 5 cheaper"))
        }
    }

    @Test func `it is written down once for all channels, and each message has a key of its own`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            _ = try await house.monitoring.channels.add(
                plugin: "bell",
                name: "Gate",
                options: ["key": "secret-2"],
                as: watched.actor
            )
            let run = try await house.monitoring.digests.send(isTest: true, as: watched.actor)
            _ = try await house.monitoring.digestTurns.turn()
            let contents = try await house.database.read { connection in
                try connection.rows("SELECT content FROM message").map { try $0.text("content") }
            }
            #expect(contents.count == 2)
            #expect(Set(contents).count == 1)
            try await house.work()
            let channels = try await house.monitoring.digests.detail(as: watched.actor).channels
            #expect(Set(house.post.keys) == Set(channels.map { run.key(on: $0.id) }))
            #expect(house.post.keys.count == 2)
        }
    }
}
