import FoundationEssentials
import Model
import PluginAPI
import SQL
import Store
import TestSupport
import Testing

@testable import Monitoring

/// A year with everything that goes wrong in one, against every kind of rule.
@Suite(.timeLimit(.minutes(240)))
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

    /// 1,000 products with `scripts/test --long`; every second one's owner is not disturbed at night.
    @Test func `every alert arrives once and in time, and none for a price that was wrong`() async throws {
        try await House.with { house in
            let actors = try await Self.people(in: house)
            var (expected, glitches, nights): ([String], Int, Int) = ([], 0, 0)
            // The last two are years in which a slip comes right after a fall that was doubted first.
            for number in Self.isLong ? Array(0..<1000) : Array(0..<8) + [227, 627] {
                let isRough = number != 227 && number != 627
                let year = try ShopYear(seed: UInt64(number), start: Self.start, days: 365, isRough: isRough)
                glitches += year.glitches
                let quiet = number % 2 == 1 ? QuietNights() : nil
                let (rules, snoozes) = try await Self.live(
                    year,
                    number,
                    in: house,
                    as: actors[number % 2],
                    quiet: quiet
                )
                if number % 50 == 49 { print("\(number + 1) products have lived through their year.") }
                var plain = PlainRules(rules, snoozes: snoozes, year.truths, quiet: quiet)
                for telling in plain.tellings() {
                    let ids = telling.rules.map { rules[$0].id.text }.sorted().joined(separator: "+")
                    expected.append("\(ids) \(telling.at.milliseconds) \(telling.price)")
                    if year.looks.allSatisfy({ $0.at != telling.at }) { nights += 1 }
                }
            }
            let delivered = try await Self.delivered(in: house)
            #expect(Set(delivered.map(\.text)).subtracting(expected) == [], "told, and should not have been")
            #expect(Set(expected).subtracting(delivered.map(\.text)) == [], "not told, and should have been")
            #expect(delivered.count == expected.count)
            #expect(house.post.keys.sorted() == delivered.map(\.key).sorted(), "What arrived is what was written down.")
            #expect(glitches > 100 && expected.count > 300 && nights > 20, "\(glitches), \(expected.count), \(nights).")
        }
    }

    /// A channel that takes nothing for four days of every two weeks.
    @Test func `what a channel could not take is told as it is when it can, or not at all`() async throws {
        try await House.with { house in
            let actor = try await Self.people(in: house)[0]
            for number in 0..<3 {
                let year = try ShopYear(seed: UInt64(number), start: Self.start, days: 365, isRough: true)
                let before = Set(house.post.keys)
                _ = try await Self.live(
                    year,
                    number,
                    in: house,
                    as: actor,
                    quiet: nil,
                    isChannelBroken: { $0 % 14 < 4 }
                )
                for message in try await Self.delivered(in: house) where !before.contains(message.key) {
                    let truth = year.truths.last { $0.at <= message.at }
                    #expect(message.price == truth?.price && truth?.isBuyable == true, "\(number): \(message.text)")
                }
            }
            #expect(Set(house.post.keys).count == house.post.keys.count)
            let withdrawn = try await house.database.read { connection in
                try connection.row("SELECT COUNT(*) AS n FROM message WHERE withdrawn_at IS NOT NULL")?.int("n") ?? 0
            }
            #expect(withdrawn > 10 && house.post.keys.count > 50, "\(withdrawn), \(house.post.keys.count)")
        }
    }

    /// Two people with a bell; the second is not to be disturbed at night.
    private static func people(in house: House) async throws -> [Actor] {
        var actors: [Actor] = []
        for name in ["ada", "ben"] {
            let actor = try await house.person(name)
            let options = ["key": "secret-1"]
            _ = try await house.monitoring.channels.add(plugin: "bell", name: "Door", options: options, as: actor)
            actors.append(actor)
        }
        let nights = WeeklyHoursEntry(days: Weekdays.all.words, from: "21:30", to: "07:15", zone: "Europe/Berlin")
        try await house.monitoring.alerts.setQuietHours(nights, as: actors[1])
        return actors
    }

    private struct Delivered {
        let key: String
        let at: Timestamp
        let price: Money?
        let text: String
    }

    /// In the order in which they were written.
    private static func delivered(in house: House) async throws -> [Delivered] {
        try await house.database.read { connection in
            try connection.rows("SELECT id FROM message WHERE state = 'delivered' ORDER BY id").compactMap { row in
                guard let message = try connection.message(ID(try row.text("id"))), let at = message.delivered else {
                    return nil
                }
                let price = try MessageContent.decode(message).product?.price
                let ids = (message.ground?.rules ?? []).map(\.rule.text).sorted().joined(separator: "+")
                let text = "\(ids) \(at.milliseconds) \(price.map { "\($0)" } ?? "no price")"
                return Delivered(key: message.idempotencyKey, at: at, price: price, text: text)
            }
        }
    }

    /// Gives the rules as they were set after the first look, and when one of them rests.
    ///
    /// After each look everything is sent that may be, and in the morning what the night held. `isChannelBroken` is asked
    /// about each day of the year.
    private static func live(
        _ year: ShopYear,
        _ number: Int,
        in house: House,
        as actor: Actor,
        quiet: QuietNights?,
        isChannelBroken: (Int) -> Bool = { _ in false }
    ) async throws -> (rules: [Rule], snoozes: [Int: Range<Int>]) {
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
        var (snoozes, morning, wasBroken): ([Int: Range<Int>], Timestamp?, Bool) = ([:], nil, false)
        for (index, look) in year.looks.enumerated() {
            if let end = morning, end <= look.at { try await sweep(house, at: end) }
            let isBroken = isChannelBroken(Int((look.at - start).components.seconds) / 86_400)
            house.post.answer(with: isBroken ? 500 : 200)
            // What waits for another attempt waits for two hours and a half at most.
            if wasBroken, !isBroken { try await sweep(house, at: look.at - .seconds(1)) }
            wasBroken = isBroken
            house.clock.set(to: look.at)
            _ = try await house.monitoring.watching.record.record(
                look.looked,
                of: listing.id,
                job: "year-\(number)-\(index)"
            )
            if index == 0 {
                try await house.database.transaction { connection in for rule in rules { try connection.insert(rule) } }
            }
            try await house.work()
            morning = quiet?.end(at: look.at)
            guard index == 100, number % 4 < 2 else { continue }
            try await house.monitoring.alerts.snooze(rules[6].id, for: .days(20), as: actor)
            snoozes[6] = (look.at.milliseconds + 1)..<(look.at + .days(20)).milliseconds
        }
        house.post.answer(with: 200)
        if let last = year.looks.last { try await sweep(house, at: morning ?? last.at + .hours(3)) }
        return (rules, snoozes)
    }

    private static func sweep(_ house: House, at moment: Timestamp) async throws {
        house.clock.set(to: moment)
        _ = try await house.monitoring.scheduling.enqueueMessages()
        try await house.work()
    }
}
