import FoundationEssentials
import Model
import SQL
import Store
import TestSupport
import Testing

@testable import Monitoring

/// A year with everything that goes wrong in one, against every kind of rule.
@Suite(.timeLimit(.minutes(60)))
struct YearTests {
    private static let isLong = ProcessInfo.processInfo.environment["LONG_TESTS"] != nil
    private static let start = Timestamp(milliseconds: 1_795_435_200_000)

    private static func kinds(of price: Money) -> [(Rule.Kind, rest: Duration?)] {
        let amount = Money(minor: max(1, price.minor / 8), currency: price.currency)
        return [
            (.targetPrice(Money(minor: price.minor * 8 / 10, currency: price.currency)), nil),
            (.dropPercent(10), .days(1)), (.dropAmount(amount), .days(3)), (.lowest(days: 30), .days(1)),
            (.lowest(days: nil), nil), (.backInStock, nil), (.change, .days(7)),
        ]
    }

    /// 1,000 products with `scripts/test --long`.
    @Test func `every alert comes once and in time, and none for a price that was wrong`() async throws {
        try await House.with { house in
            let actor = try await house.person()
            let options = ["key": "secret-1"]
            let channel = try await house.monitoring.channels.add(
                plugin: "bell",
                name: "Door",
                options: options,
                as: actor
            )
            var (expected, glitches): ([String], Int) = ([], 0)
            for number in 0..<(Self.isLong ? 1000 : 12) {
                let year = try ShopYear(seed: UInt64(number), start: Self.start, days: 365)
                glitches += year.glitches
                let rules = try await Self.live(year, number, in: house, as: actor)
                for rule in rules {
                    for (firing, moment) in PlainRules.tellings(rule, year.truths).enumerated() {
                        expected.append("\(rule.id).\(firing + 1).\(channel) \(moment.milliseconds)")
                    }
                }
            }
            let written = try await house.database.read { connection in
                try connection.rows("SELECT idempotency_key, created_at FROM message").map { row in
                    "\(try row.text("idempotency_key")) \(try row.int("created_at"))"
                }
            }
            #expect(Set(written).subtracting(expected) == [], "told, and should not have been")
            #expect(Set(expected).subtracting(written) == [], "not told, and should have been")
            #expect(written.count == expected.count)
            #expect(glitches > 100 && expected.count > 500, "The year was quiet: \(glitches), \(expected.count).")
        }
    }

    /// Gives the rules as they were set after the first look.
    private static func live(_ year: ShopYear, _ number: Int, in house: House, as actor: Actor) async throws -> [Rule] {
        let product = Product(
            id: .make(at: start),
            owner: actor.account,
            name: "P",
            image: "https://x.test/",
            created: start
        )
        let listing = Listing(
            id: .make(at: start),
            product: product.id,
            owner: actor.account,
            address: try WebAddress("https://shop.test/\(number)"),
            interval: .days(1),
            due: start,
            created: start
        )
        let first = year.truths[0].price
        let rules = kinds(of: first).enumerated().map { index, kind in
            let isMeasured = [1, 2, 6].contains(index)
            return Rule(
                id: .make(at: start),
                owner: actor.account,
                product: product.id,
                kind: kind.0,
                coolDown: kind.rest,
                expires: index == 0 && number % 3 == 0 ? start + .days(200) : nil,
                state: kind.0 == .backInStock ? .fired : .armed,
                since: start,
                reference: isMeasured ? first : nil
            )
        }
        try await house.database.transaction { connection in
            try connection.insert(product)
            try connection.insert(listing)
        }
        for (index, look) in year.looks.enumerated() {
            house.clock.set(to: look.at)
            _ = try await house.monitoring.watching.record.record(
                look.looked,
                of: listing.id,
                job: "year-\(number)-\(index)"
            )
            guard index == 0 else { continue }
            try await house.database.transaction { connection in for rule in rules { try connection.insert(rule) } }
        }
        return rules
    }
}
