import Model
import Monitoring
import TestSupport
import Testing

/// What becomes of an alert that is changed.
@Suite(.timeLimit(.minutes(20)))
struct AlertChangeTests {
    private func add(_ entry: AlertEntry, _ house: House, _ watched: House.Watched) async throws -> ID<Rule> {
        try await house.monitoring.alerts.add(entry, to: watched.product, as: watched.actor)
    }

    private func change(_ id: ID<Rule>, _ entry: AlertEntry, _ house: House, _ watched: House.Watched) async throws {
        try await house.monitoring.alerts.change(id, to: entry, as: watched.actor)
    }

    private func show(_ price: String, in house: House) async throws {
        house.shop.show(price: price)
        try await house.check()
    }

    @Test func `another target is waited for anew, and told even where it is met already`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            let id = try await add(AlertEntry(kind: "target-price", value: "45"), house, watched)
            try await show("44.00", in: house)
            #expect(house.post.subjects.count == 1)
            try await change(id, AlertEntry(kind: "target-price", value: "44.50"), house, watched)
            try await show("44.00", in: house)
            #expect(house.post.subjects == Array(repeating: "Desk lamp is down to €44.00", count: 2))
            #expect(Set(house.post.keys).count == 2, "The second is no copy of the first.")
            try await change(id, AlertEntry(kind: "target-price", value: "40"), house, watched)
            try await show("44.00", in: house)
            #expect(house.post.subjects.count == 2)
        }
    }

    @Test func `another last day or another rest tells nothing again`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            let id = try await add(AlertEntry(kind: "target-price", value: "45"), house, watched)
            try await show("44.00", in: house)
            let before = try await house.monitoring.alerts.rule(id, as: watched.actor)
            var entry = AlertEntry(before)
            (entry.coolDown, entry.until) = (3600, "2099-12-24")
            try await change(id, entry, house, watched)
            try await show("44.00", in: house)
            #expect(house.post.subjects.count == 1)
            let after = try await house.monitoring.alerts.rule(id, as: watched.actor)
            #expect(after.condition(at: house.clock.now) == before.condition(at: house.clock.now))
            #expect(after.coolDown == .hours(1))
            #expect(after.expires == Timestamp(endOfDay: "2099-12-24"))
        }
    }

    @Test func `a smaller drop is counted from the price of now, and told no sooner than its rest ends`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            let id = try await add(AlertEntry(kind: "drop-percent", value: "10"), house, watched)
            try await show("45.00", in: house)
            #expect(house.post.subjects.count == 1)
            try await change(id, AlertEntry(kind: "drop-percent", value: "5"), house, watched)
            try await show("43.00", in: house)
            try await show("42.00", in: house)
            #expect(house.post.subjects.count == 1, "It was told within a day.")
            try await house.check(after: .days(1))
            #expect(house.post.subjects.dropFirst() == ["Desk lamp fell by 7\u{a0}% to €42.00"])
        }
    }

    @Test func `an alert that has ended goes on with a later last day, and can be changed without one`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            let last = (house.clock.now + .days(1)).dayDigits
            let id = try await add(AlertEntry(kind: "target-price", value: "45", until: last), house, watched)
            house.clock.advance(by: .days(3))
            var entry = AlertEntry(try await house.monitoring.alerts.rule(id, as: watched.actor))
            entry.value = "46"
            try await change(id, entry, house, watched)
            try await show("44.00", in: house)
            #expect(house.post.subjects == [])
            entry.until = nil
            try await change(id, entry, house, watched)
            try await show("44.00", in: house)
            #expect(house.post.subjects.count == 1)
        }
    }

    @Test func `a changed alert may be neither another one's twin nor a second target, and takes no other away`()
        async throws
    {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            let target = try await add(AlertEntry(kind: "target-price", value: "45"), house, watched)
            let drop = try await add(AlertEntry(kind: "drop-amount", value: "5"), house, watched)
            let change = AlertEntry(kind: "change", value: "")
            let id = try await add(change, house, watched)
            await #expect(throws: RequestError.self) { try await self.change(drop, change, house, watched) }
            await #expect(throws: RequestError.self) {
                try await self.change(drop, AlertEntry(kind: "target-price", value: "44"), house, watched)
            }
            let rules = try await house.monitoring.alerts.rules(as: watched.actor)
            #expect(Set(rules.map(\.rule.id)) == [target, drop, id])
            try await self.change(target, AlertEntry(kind: "target-price", value: "44"), house, watched)
            #expect(try await house.monitoring.alerts.rule(target, as: watched.actor).kind == .targetPrice(euro(4400)))
        }
    }

    @Test func `one who may only read, and one whose it is not, change nothing`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            let id = try await add(AlertEntry(kind: "change", value: ""), house, watched)
            let other = try await house.person("ben")
            for actor in [Actor(account: watched.actor.account, rights: .read), other] {
                await #expect(throws: RequestError.self) {
                    try await house.monitoring.alerts.change(
                        id,
                        to: AlertEntry(kind: "drop-percent", value: "5"),
                        as: actor
                    )
                }
            }
            #expect(try await house.monitoring.alerts.rule(id, as: watched.actor).kind == .change)
        }
    }

    @Test func `what could be bought when the alert was changed is told when it comes back`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "50.00")
            let id = try await add(AlertEntry(kind: "target-price", value: "45"), house, watched)
            try await change(id, AlertEntry(kind: "back-in-stock", value: ""), house, watched)
            try await show("50.00", in: house)
            #expect(house.post.subjects == [])
            house.shop.show(price: "50.00", availability: "OutOfStock")
            try await house.check()
            try await show("50.00", in: house)
            #expect(house.post.subjects == ["Desk lamp can be bought again, for €50.00"])
        }
    }
}
