import Model
import Monitoring
import Queue
import SQL
import Store
import TestSupport
import Testing

/// Alerts of each kind, from what a person enters to what arrives.
@Suite(.timeLimit(.minutes(20)))
struct AlertTests {
    private func add(
        _ kind: String,
        _ value: String = "",
        coolDown: Int? = nil,
        until: String? = nil,
        to house: House,
        _ watched: House.Watched
    ) async throws -> ID<Rule> {
        try await house.monitoring.alerts.add(
            AlertEntry(kind: kind, value: value, coolDown: coolDown, until: until),
            to: watched.product,
            as: watched.actor
        )
    }

    /// Shows each price for one check an hour after the one before, and the second look where one is due.
    private func show(_ prices: [String], in house: House, availability: String = "InStock") async throws {
        for price in prices {
            house.shop.show(price: price, availability: availability)
            try await house.check()
            try await house.check(after: .minutes(3))
        }
    }

    @Test func `a drop by percent is told with what it is counted from and why`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            _ = try await add("drop-percent", "10", to: house, watched)
            try await show(["47.00", "45.10", "45.00", "45.00"], in: house)
            #expect(house.post.subjects == ["Desk lamp fell by 10\u{a0}% to €45.00"])
            #expect(house.post.texts[0].contains("It cost €50.00 at its highest since you set this or were told."))
            #expect(
                house.post.whys == [
                    "You asked your price monitor: “Tell me when its price falls by 10\u{a0}% or more, at most once a day.”"
                ]
            )
        }
    }

    @Test func `the lowest in some days is told, also when it is met already`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            for _ in 0..<31 { try await house.check(after: .days(1)) }
            try await show(["48.00"], in: house)
            _ = try await add("lowest", "30", to: house, watched)
            try await house.check()
            #expect(house.post.subjects == ["Desk lamp is at its lowest price in 30 days: €48.00"])
            #expect(house.post.texts[0].contains("the lowest before was €50.00."))
            try await show(["49.90", "48.00"], in: house)
            #expect(house.post.subjects.count == 1, "As low as before is no new low.")
            // After thirty days at more, the old low does not count any more.
            house.shop.show(price: "49.00")
            for _ in 0..<32 { try await house.check(after: .days(1)) }
            try await show(["48.50"], in: house)
            #expect(house.post.subjects.last == "Desk lamp is at its lowest price in 30 days: €48.50")
        }
    }

    @Test func `nothing is called a low before a week of prices`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            _ = try await add("lowest-ever", coolDown: 0, to: house, watched)
            _ = try await add("lowest", "90", coolDown: 0, to: house, watched)
            try await show(["49.00"], in: house)
            for _ in 0..<5 { try await house.check(after: .days(1)) }
            try await show(["48.00"], in: house)
            #expect(house.post.subjects == [])
            for _ in 0..<3 { try await house.check(after: .days(1)) }
            #expect(house.post.subjects == [], "It is the price of before that week was over.")
            try await show(["47.00"], in: house)
            let first = try await house.detail(watched).product.created.dayText
            #expect(house.post.subjects == ["Desk lamp is at its lowest price since it is watched (\(first)): €47.00"])
            #expect(house.post.whys.first?.contains("ever before.” and “") == true)
        }
    }

    @Test func `a large drop that two looks agree on is the lowest since it is watched`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            let first = try await house.detail(watched).product.created.dayText
            for _ in 0..<8 { try await house.check(after: .days(1)) }
            _ = try await add("lowest-ever", to: house, watched)
            house.shop.show(price: "20.00")
            try await house.check()
            #expect(house.post.subjects == [])
            try await house.check(after: .minutes(2))
            #expect(house.post.subjects == ["Desk lamp is at its lowest price since it is watched (\(first)): €20.00"])
        }
    }

    @Test func `back in stock is told after it was sold out`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            _ = try await add("back-in-stock", coolDown: 0, to: house, watched)
            try await house.check()
            #expect(house.post.subjects == [])
            try await show(["50.00"], in: house, availability: "OutOfStock")
            try await show(["50.00"], in: house)
            #expect(house.post.subjects == ["Desk lamp can be bought again, for €50.00"])
        }
    }

    @Test func `each change is told at most once a day, with what it was`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            _ = try await add("change", to: house, watched)
            try await show(["51.00", "52.00", "53.00"], in: house)
            #expect(house.post.subjects == ["Desk lamp now costs €51.00 instead of €50.00"])
            try await house.check(after: .days(1))
            #expect(house.post.subjects.dropFirst() == ["Desk lamp now costs €53.00 instead of €51.00"])
        }
    }

    @Test func `an alert rests while it is snoozed, wakes, and ends with its last day`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            let id = try await add(
                "target-price",
                "45",
                until: (house.clock.now + .days(3)).dayDigits,
                to: house,
                watched
            )
            try await house.monitoring.alerts.snooze(id, for: .days(1), as: watched.actor)
            try await show(["44.00"], in: house)
            #expect(house.post.subjects == [])
            try await house.check(after: .days(1))
            #expect(house.post.subjects == ["Desk lamp is down to €44.00"])
            try await show(["50.00"], in: house)
            house.clock.advance(by: .days(5))
            try await show(["44.00"], in: house)
            #expect(house.post.subjects.count == 1)
            let rule = try await house.monitoring.alerts.rule(id, as: watched.actor)
            guard case .expired = rule.condition(at: house.clock.now) else {
                Issue.record("It is \(rule.condition(at: house.clock.now)).")
                return
            }
        }
    }

    @Test(
        arguments: [
            ("sale", "10", nil, nil, "kind"), ("drop-percent", "0", nil, nil, "value"),
            ("drop-percent", "100", nil, nil, "value"),
            ("drop-percent", "ten", nil, nil, "value"), ("lowest", "", nil, nil, "value"),
            ("lowest", "3651", nil, nil, "value"),
            ("drop-amount", "", nil, nil, "value"), ("drop-amount", "5 USD", nil, nil, "value"),
            ("target-price", "cheap", nil, nil, "value"), ("change", "", -1, nil, "coolDown"),
            ("change", "", 31_536_001, nil, "coolDown"), ("change", "", nil, "tomorrow", "until"),
            ("change", "", nil, "2001-01-01", "until"),
        ] as [(String, String, Int?, String?, String)]
    )
    func `what is wrong with an alert is named`(
        kind: String,
        value: String,
        coolDown: Int?,
        until: String?,
        field: String
    )
        async throws
    {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            do {
                _ = try await add(kind, value, coolDown: coolDown, until: until, to: house, watched)
                Issue.record("The alert was added.")
            } catch RequestError.invalid(let named, let sentence) {
                #expect(named == field)
                #expect(sentence.hasSuffix("."))
            }
        }
    }

    @Test func `the same alert is not added twice, and a second target is refused with the first`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00", target: "40")
            _ = try await add("drop-percent", "10", to: house, watched)
            await #expect(throws: RequestError.self) { _ = try await add("drop-percent", "10", to: house, watched) }
            let refusal = await #expect(throws: RequestError.self) {
                _ = try await add("target-price", "30", to: house, watched)
            }
            if case .conflict(let sentence, _)? = refusal { #expect(sentence.contains("€40.00")) }
            let kinds = try await house.detail(watched).rules.map(\.kind)
            #expect(Set(kinds) == [.dropPercent(10), .targetPrice(euro(4000))])
            try await house.monitoring.watching.setTarget(nil, of: watched.product, as: watched.actor)
            #expect(try await house.detail(watched).rules.map(\.kind) == [.dropPercent(10)])
        }
    }

    @Test func `alerts of others are not there`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            let id = try await add("change", to: house, watched)
            let other = try await house.person("ben")
            #expect(try await house.monitoring.alerts.rules(as: other).isEmpty)
            await #expect(throws: RequestError.self) { try await house.monitoring.alerts.remove(id, as: other) }
            await #expect(throws: RequestError.self) {
                try await house.monitoring.alerts.snooze(id, for: nil, as: other)
            }
            #expect(try await house.monitoring.alerts.rules(as: watched.actor).map(\.rule.id) == [id])
        }
    }

    @Test func `in quiet hours nothing is sent, and everything when they end`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00", target: "45")
            let minute = house.clock.now.milliseconds / 60_000 % 1440
            let entry = WeeklyHoursEntry(
                days: Weekdays.all.words,
                from: TimeOfDay.text(minute),
                to: TimeOfDay.text((minute + 480) % 1440),
                zone: "UTC"
            )
            try await house.monitoring.alerts.setQuietHours(entry, as: watched.actor)
            try await show(["44.00"], in: house)
            _ = try await house.monitoring.scheduling.enqueueMessages()
            try await house.work()
            #expect(house.post.subjects == [])
            #expect(try await house.monitoring.scheduling.arrears().messages == .zero, "What is held is not late.")
            house.clock.advance(by: .hours(7))
            _ = try await house.monitoring.scheduling.enqueueMessages()
            try await house.work()
            #expect(house.post.subjects == ["Desk lamp is down to €44.00"])
            _ = try await house.monitoring.scheduling.enqueueMessages()
            try await house.work()
            #expect(house.post.subjects.count == 1)
        }
    }

    @Test func `what was held does not stand in line behind what cannot be delivered`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00", target: "45")
            let channel = try #require(
                try await house.monitoring.channels.channels(as: watched.actor).first?.channel.id
            )
            let minute = house.clock.now.milliseconds / 60_000 % 1440
            let entry = WeeklyHoursEntry(
                days: Weekdays.all.words,
                from: TimeOfDay.text(minute),
                to: TimeOfDay.text((minute + 480) % 1440),
                zone: "UTC"
            )
            try await house.monitoring.alerts.setQuietHours(entry, as: watched.actor)
            try await house.database.transaction { connection in
                for number in 0..<600 {
                    try connection.insert(
                        OutboxMessage(
                            id: ID("stuck-\(number)"),
                            channel: channel,
                            idempotencyKey: "stuck-\(number)",
                            subject: "Stuck",
                            content: "",
                            created: house.clock.now
                        )
                    )
                }
            }
            house.shop.show(price: "44.00")
            try await house.check()
            _ = try await house.monitoring.scheduling.enqueueMessages()
            house.clock.advance(by: .hours(7))
            _ = try await house.monitoring.scheduling.enqueueMessages()
            let released = try await house.database.read { connection in
                try connection.messages(about: watched.product, since: house.clock.now)
            }
            let message = try #require(released.first)
            #expect(message.subject == "Desk lamp is down to €44.00")
            #expect(try await house.queue.isPending("deliver-\(message.id)"))
        }
    }

    @Test func `a shop that is paused or gone has no price to tell of`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "60.00")
            // Its other shop was cheap once, and is gone since.
            let gone = Listing(
                id: ID("gone"),
                product: watched.product,
                owner: watched.actor.account,
                address: try WebAddress("https://gone.test/lamp"),
                interval: .days(1),
                due: house.clock.now + .days(900),
                created: house.clock.now,
                current: .init(price: euro(3900), listPrice: nil, availability: .inStock, since: house.clock.now),
                lastOutcome: .gone,
                failures: 3
            )
            try await house.database.transaction { try $0.insert(gone) }
            _ = try await add("target-price", "40", to: house, watched)
            _ = try await add("drop-percent", "20", to: house, watched)
            try await house.check()
            #expect(house.post.subjects == [])
            try await show(["47.00"], in: house)
            #expect(house.post.subjects == ["Desk lamp fell by 22\u{a0}% to €47.00"])
        }
    }

    @Test func `what was never known to be sold out does not come back`() async throws {
        try await House.with { house in
            let actor = try await house.person()
            let options = ["key": "secret-1"]
            _ = try await house.monitoring.channels.add(plugin: "bell", name: "Door", options: options, as: actor)
            let id = try await house.monitoring.watching.add(
                Shop.address,
                name: nil,
                target: nil,
                interval: .hours(1),
                as: actor
            )
            let entry = AlertEntry(kind: "back-in-stock", value: "")
            _ = try await house.monitoring.alerts.add(entry, to: id, as: actor)
            house.shop.show(price: "50.00")
            try await house.check()
            #expect(house.post.subjects == [])
        }
    }

    @Test func `who takes the quiet hours away is told what was held`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00", target: "45")
            let entry = WeeklyHoursEntry(days: Weekdays.all.words, from: "00:00", to: "23:59", zone: "UTC")
            try await house.monitoring.alerts.setQuietHours(entry, as: watched.actor)
            try await show(["44.00"], in: house)
            try await house.monitoring.alerts.setQuietHours(nil, as: watched.actor)
            house.clock.advance(by: .seconds(31))
            _ = try await house.monitoring.scheduling.enqueueMessages()
            try await house.work()
            #expect(house.post.subjects == ["Desk lamp is down to €44.00"])
            let never = WeeklyHoursEntry(days: ["mon"], from: "08:00", to: "08:00", zone: "UTC")
            await #expect(throws: RequestError.self) {
                try await house.monitoring.alerts.setQuietHours(never, as: watched.actor)
            }
        }
    }
}
