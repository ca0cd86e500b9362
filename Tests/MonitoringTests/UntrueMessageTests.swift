import Model
import Monitoring
import Store
import TestSupport
import Testing

/// Messages that had to wait, and what became of the price meanwhile: nothing is sent that is not true any more.
@Suite(.timeLimit(.minutes(20)))
struct UntrueMessageTests {
    private func add(_ kind: String, _ value: String, _ house: House, _ watched: House.Watched) async throws {
        let entry = AlertEntry(kind: kind, value: value, coolDown: 0)
        _ = try await house.monitoring.alerts.add(entry, to: watched.product, as: watched.actor)
    }

    private func show(_ prices: [String], _ house: House) async throws {
        for price in prices {
            house.shop.show(price: price)
            try await house.check()
            try await house.check(after: .minutes(3))
        }
    }

    /// Quiet from now on for so many hours.
    private func beQuiet(for hours: Int, _ house: House, _ watched: House.Watched) async throws {
        let minute = house.clock.now.milliseconds / 60_000 % 1440
        let entry = WeeklyHoursEntry(
            days: Weekdays.all.words,
            from: TimeOfDay.text(minute),
            to: TimeOfDay.text((minute + hours * 60) % 1440),
            zone: "UTC"
        )
        try await house.monitoring.alerts.setQuietHours(entry, as: watched.actor)
    }

    private func sweep(_ house: House) async throws {
        _ = try await house.monitoring.scheduling.enqueueMessages()
        try await house.work()
    }

    private func log(_ house: House, _ watched: House.Watched) async throws -> [OutboxMessage] {
        try await house.monitoring.channels.channels(as: watched.actor).flatMap(\.messages)
    }

    @Test func `what was held and is not true any more is withdrawn with its reason, and waited for anew`() async throws
    {
        try await House.with { house in
            let watched = try await house.watched(price: "29.00", target: "25")
            try await beQuiet(for: 8, house, watched)
            // No higher than the margin above the target: the rule alone would not wait again.
            try await show(["19.00", "16.00", "25.20"], house)
            #expect(try await log(house, watched).map(\.state) == [.pending])
            house.clock.advance(by: .hours(6))
            try await sweep(house)
            #expect(house.post.subjects == [])
            let message = try #require(try await log(house, watched).first)
            #expect(message.state == .withdrawn)
            #expect(message.problem == "It was not sent: by then it cost €25.20.")
            await #expect(throws: RequestError.self) {
                try await house.monitoring.channels.sendAgain(message.id, on: message.channel, as: watched.actor)
            }
            try await show(["24.00"], house)
            #expect(house.post.subjects == ["Desk lamp is down to €24.00"])
        }
    }

    @Test func `of what was held only what is true now is told, once and with all its reasons`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "29.00", target: "25")
            try await add("drop-percent", "10", house, watched)
            try await add("change", "", house, watched)
            try await beQuiet(for: 8, house, watched)
            try await show(["24.00", "30.00", "22.00"], house)
            house.clock.advance(by: .hours(6))
            let read = try await house.detail(watched).listings[0].runs.first?.to
            try await sweep(house)
            #expect(house.post.subjects == ["Desk lamp is down to €22.00"])
            let text = try #require(house.post.texts.first)
            #expect(text.contains("Before, it cost €29.00.") && text.contains("It cost €30.00 at its highest"))
            #expect(house.post.whys.first?.split(separator: "” and “").count == 3)
            #expect(house.post.reads == [read?.minuteText])
            #expect(try await log(house, watched).map(\.state) == [.delivered], "What was told anew leaves no trace.")
            try await sweep(house)
            #expect(house.post.subjects.count == 1)
        }
    }

    @Test func `a move that went back in the night is told by no alert`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "29.00")
            for (kind, value) in [("drop-percent", "10"), ("change", ""), ("back-in-stock", "")] {
                try await add(kind, value, house, watched)
            }
            try await beQuiet(for: 8, house, watched)
            try await show(["24.00"], house)
            house.shop.show(price: "24.00", availability: "OutOfStock")
            try await house.check()
            try await show(["29.00"], house)
            house.clock.advance(by: .hours(6))
            try await sweep(house)
            #expect(house.post.subjects == ["Desk lamp can be bought again, for €29.00"])
            try await show(["26.00"], house)
            #expect(house.post.subjects.last == "Desk lamp fell by 10\u{a0}% to €26.00")
        }
    }

    @Test func `a message that waited for its channel is not sent when it is not true any more`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "29.00", target: "25")
            house.post.answer(with: 500)
            try await show(["19.00", "25.20"], house)
            house.post.answer(with: 200)
            house.clock.advance(by: .hours(3))
            try await house.work()
            #expect(house.post.subjects == [])
            let log = try await log(house, watched)
            #expect(log.map(\.state) == [.withdrawn])
            #expect(log.first?.problem == "It was not sent: by then it cost €25.20.")
            #expect(try await house.detail(watched).brokenChannels == ["Door"], "Nothing was delivered there since.")
            try await show(["24.00"], house)
            #expect(house.post.subjects == ["Desk lamp is down to €24.00"])
        }
    }

    @Test func `a message that waited for its channel tells the price of now where the alert still holds`() async throws
    {
        try await House.with { house in
            let watched = try await house.watched(price: "29.00", target: "25")
            house.post.answer(with: 500)
            try await show(["19.00", "17.00"], house)
            house.post.answer(with: 200)
            house.clock.advance(by: .hours(3))
            try await house.work()
            #expect(house.post.subjects == ["Desk lamp is down to €17.00"])
            #expect(try await log(house, watched).map(\.state) == [.delivered, .withdrawn])
        }
    }

    @Test func `what another channel has told is told once`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "29.00", target: "25")
            let options = ["key": "secret-2"]
            _ = try await house.monitoring.channels.add(
                plugin: "bell",
                name: "Attic",
                options: options,
                as: watched.actor
            )
            house.post.answer(to: "secret-2", with: 500)
            try await show(["19.00"], house)
            #expect(house.post.subjects == ["Desk lamp is down to €19.00"])
            try await show(["17.00"], house)
            house.post.answer(to: "secret-2", with: 200)
            house.clock.advance(by: .hours(3))
            try await house.work()
            #expect(house.post.subjects == ["Desk lamp is down to €19.00"])
            #expect(try await log(house, watched).map(\.state).filter { $0 == .withdrawn }.count == 1)
        }
    }

    @Test func `failing checks are told when the quiet hours are over, and not if they work again by then`()
        async throws
    {
        var settings = MonitoringSettings()
        (settings.failures.checks, settings.failures.span) = (1, .zero)
        try await House.with(settings: settings) { house in
            let watched = try await house.watched(price: "29.00")
            try await beQuiet(for: 8, house, watched)
            house.shop.fail(status: 403)
            try await house.check()
            try await house.tell()
            house.shop.show(price: "29.00")
            try await house.check(after: .hours(2))
            try await house.tell()
            house.clock.advance(by: .hours(8))
            try await house.tell()
            #expect(house.post.subjects == [])
            house.shop.fail(status: 403)
            try await house.check()
            try await house.tell()
            #expect(house.post.subjects.count == 1)
            #expect(
                house.post.whys.first?.hasPrefix("Your price monitor tells you when it can’t see the price") == true
            )
        }
    }
}
