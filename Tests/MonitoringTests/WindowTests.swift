import Model
import Monitoring
import Queue
import TestSupport
import Testing

/// Check times that people set; the house's clock begins on Monday 23 November 2026 at 13:00 in Berlin.
@Suite(.timeLimit(.minutes(20)))
struct WindowTests {
    private static let workdays = ["mon", "tue", "wed", "thu", "fri"]
    private static let office = WeeklyHoursEntry(days: workdays, from: "08:00", to: "20:00", zone: "Europe/Berlin")

    private func listing(_ house: House, _ watched: House.Watched) async throws -> Listing {
        try await house.monitoring.watching.listing(watched.listing, as: watched.actor).listing
    }

    private func set(_ entry: WeeklyHoursEntry?, _ house: House, _ watched: House.Watched) async throws {
        try await house.monitoring.watching.setWindow(entry, of: watched.listing, as: watched.actor)
    }

    @Test func `the next check moves to when the window opens, and checks go on inside it`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "40.00")
            try await set(Self.office, house, watched)
            #expect(try await listing(house, watched).due.iso8601 == "2026-11-23T13:00:00Z")
            // The last check before the window closes at 20:00.
            house.clock.set(to: try Timestamp("2026-11-23T18:30:00Z"))
            try await house.check(after: .zero)
            #expect(try await listing(house, watched).lastCheck?.iso8601 == "2026-11-23T18:30:00Z")
            #expect(try await listing(house, watched).due.iso8601 == "2026-11-24T07:00:00Z")
            // On Friday evening it waits for Monday.
            house.clock.set(to: try Timestamp("2026-11-27T18:45:00Z"))
            try await house.check(after: .zero)
            #expect(try await listing(house, watched).due.iso8601 == "2026-11-30T07:00:00Z")
            let looks = house.shop.requests.count
            house.clock.set(to: try Timestamp("2026-11-30T06:59:59Z"))
            try await house.check(after: .zero)
            #expect(house.shop.requests.count == looks)
            try await house.check(after: .seconds(1))
            #expect(house.shop.requests.count == looks + 1)
        }
    }

    @Test func `a scheduler that was away does not make up for it outside the window`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "40.00")
            try await set(Self.office, house, watched)
            let looks = house.shop.requests.count
            // Due since 14:00; nobody was there until after 20:00.
            house.clock.set(to: try Timestamp("2026-11-23T19:30:00Z"))
            #expect(try await house.monitoring.scheduling.enqueueDue(limit: 100) == 1)
            #expect(try await house.work().isEmpty)
            #expect(house.shop.requests.count == looks)
            #expect(try await listing(house, watched).due.iso8601 == "2026-11-24T07:00:00Z")
            #expect(try await !house.monitoring.watching.listing(watched.listing, as: watched.actor).isChecking)
        }
    }

    @Test func `a job that waited until the window closed is put off`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "40.00")
            try await set(Self.office, house, watched)
            house.clock.set(to: try Timestamp("2026-11-23T18:59:00Z"))
            #expect(try await house.monitoring.scheduling.enqueueDue(limit: 100) == 1)
            let looks = house.shop.requests.count
            house.clock.advance(by: .minutes(2))
            #expect(try await house.work() == [.finished])
            #expect(house.shop.requests.count == looks)
            let after = try await listing(house, watched)
            #expect(after.due.iso8601 == "2026-11-24T07:00:00Z")
            #expect(after.lastCheck?.iso8601 == "2026-11-23T12:00:00Z")
        }
    }

    @Test func `whoever presses check now is not told to wait`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "40.00")
            try await set(Self.office, house, watched)
            house.clock.set(to: try Timestamp("2026-11-28T03:00:00Z"))
            house.shop.show(price: "41.00")
            _ = try await house.monitoring.watching.checkNow(watched.listing, as: watched.actor)
            try await house.work()
            let after = try await listing(house, watched)
            #expect(after.current?.price?.minor == 4100)
            #expect(after.due.iso8601 == "2026-11-30T07:00:00Z")
        }
    }

    @Test func `without its window a listing is due after its interval again`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "40.00")
            let sunday = WeeklyHoursEntry(days: ["Sun"], from: "22:00", to: "02:00", zone: "UTC")
            try await set(sunday, house, watched)
            #expect(try await listing(house, watched).due.iso8601 == "2026-11-29T22:00:00Z")
            #expect(try await listing(house, watched).window?.text == "Sun 22:00–02:00, UTC")
            try await set(nil, house, watched)
            #expect(try await listing(house, watched).due.iso8601 == "2026-11-23T13:00:00Z")
            #expect(try await listing(house, watched).window == nil)
            // Every day, all day is no window.
            let always = WeeklyHoursEntry(days: Weekdays.all.words, from: "00:00", to: "24:00", zone: "UTC")
            try await set(always, house, watched)
            #expect(try await listing(house, watched).window == nil)
        }
    }

    @Test func `a new interval keeps to the window, and so does a second look`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "40.00")
            try await set(Self.office, house, watched)
            try await house.monitoring.watching.setInterval(.hours(12), of: watched.listing, as: watched.actor)
            #expect(try await listing(house, watched).due.iso8601 == "2026-11-24T07:00:00Z")
            house.shop.show(price: "4.00")
            house.clock.set(to: try Timestamp("2026-11-24T18:59:30Z"))
            try await house.check(after: .zero)
            #expect(try await listing(house, watched).lastNote?.contains("4.00") == true)
            #expect(try await listing(house, watched).due.iso8601 == "2026-11-25T07:00:00Z")
        }
    }

    @Test func `the zone that was chosen last is offered next`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "40.00")
            #expect(try await house.detail(watched).zone == "UTC")
            try await set(Self.office, house, watched)
            #expect(try await house.detail(watched).zone == "Europe/Berlin")
        }
    }

    @Test(arguments: [
        (
            WeeklyHoursEntry(days: [], from: "08:00", to: "20:00", zone: "UTC"), "days",
            "Choose at least one day of the week."
        ),
        (
            WeeklyHoursEntry(days: ["mo"], from: "08:00", to: "20:00", zone: "UTC"), "days",
            "“mo” is not a day of the week; known are: mon, tue, wed, thu, fri, sat, sun."
        ),
        (
            WeeklyHoursEntry(days: ["mon"], from: "24:00", to: "20:00", zone: "UTC"), "from",
            "The begin must be a time of day from 00:00 to 23:59, such as 08:00."
        ),
        (
            WeeklyHoursEntry(days: ["mon"], from: "08:00", to: "8 pm", zone: "UTC"), "to",
            "The end must be a time of day from 00:00 to 24:00, such as 20:00."
        ),
        (
            WeeklyHoursEntry(days: ["mon"], from: "08:00", to: "20:00", zone: "Berlin"), "zone",
            "There is no time zone “Berlin”. Did you mean “Europe/Berlin”?"
        ),
        (
            WeeklyHoursEntry(days: ["mon"], from: "08:00", to: "20:00", zone: ""), "zone",
            "Name a time zone, such as Europe/Berlin."
        ),
    ])
    func `says what is wrong with check times`(entry: WeeklyHoursEntry, field: String, sentence: String) async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "40.00")
            await #expect(throws: RequestError.invalid(field: field, sentence)) { try await set(entry, house, watched) }
            #expect(try await listing(house, watched).window == nil)
        }
    }

    @Test func `only the owner sets them, and not with a token that may only read`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "40.00")
            let other = try await house.person("noor")
            let reader = Actor(account: watched.actor.account, rights: .read)
            for actor in [other, reader] {
                await #expect(throws: RequestError.self) {
                    try await house.monitoring.watching.setWindow(Self.office, of: watched.listing, as: actor)
                }
            }
            #expect(try await listing(house, watched).window == nil)
        }
    }

    @Test func `a zone that cannot be read any more does not stop checks`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "40.00")
            try await set(Self.office, house, watched)
            let without = try house.restarted(
                on: house.database,
                zones: { name in throw ZoneError.noZones(folder: name) }
            )
            without.setClock(by: .hours(8))
            let looks = house.shop.requests.count
            try await without.check(after: .zero)
            #expect(house.shop.requests.count == looks + 1)
        }
    }
}
