import Model
import TestSupport
import Testing

struct WeeklyHoursTests {
    /// The days, from and until when, a moment in Berlin, and when it opens: the same moment while it is open.
    @Test(
        arguments: [
            // 24 November 2026 is a Tuesday.
            (workdays, "08:00", "20:00", "2026-11-24T08:00", "2026-11-24T08:00"),
            (workdays, "08:00", "20:00", "2026-11-24T19:59:59", "2026-11-24T19:59:59"),
            (workdays, "08:00", "20:00", "2026-11-24T20:00", "2026-11-25T08:00"),
            (workdays, "08:00", "20:00", "2026-11-24T03:00", "2026-11-24T08:00"),
            (workdays, "08:00", "20:00", "2026-11-27T20:00", "2026-11-30T08:00"),
            (workdays, "08:00", "20:00", "2026-11-28T12:00", "2026-11-30T08:00"),
            // Over midnight the day on which it opens counts.
            (friday, "20:00", "02:00", "2026-11-28T01:59", "2026-11-28T01:59"),
            (friday, "20:00", "02:00", "2026-11-28T02:00", "2026-12-04T20:00"),
            (friday, "20:00", "02:00", "2026-11-27T01:00", "2026-11-27T20:00"),
            (friday, "08:00", "24:00", "2026-11-27T23:59:59", "2026-11-27T23:59:59"),
            (friday, "08:00", "24:00", "2026-11-28T00:00", "2026-12-04T08:00"),
            // A whole day, and one that begins in the morning.
            (friday, "00:00", "00:00", "2026-11-27T23:59:59", "2026-11-27T23:59:59"),
            (friday, "06:00", "06:00", "2026-11-28T05:59:59", "2026-11-28T05:59:59"),
            (friday, "06:00", "06:00", "2026-11-28T06:00", "2026-12-04T06:00"),
            (.all, "00:00", "24:00", "2026-11-27T00:00", "2026-11-27T00:00"),
            // The clock skips 02:00 to 03:00 on Sunday 29 March 2026, and shows it twice on 25 October.
            (sunday, "02:30", "03:45", "2026-03-29T01:00", "2026-03-29T03:30"),
            (sunday, "02:00", "02:30", "2026-03-29T01:00", "2026-03-29T03:00"),
            (sunday, "02:00", "02:30", "2026-03-29T03:30", "2026-04-05T02:00"),
            (sunday, "02:45", "03:15", "2026-03-29T01:00", "2026-04-05T02:45"),
            (sunday, "01:00", "02:30", "2026-10-25T02:29+02:00", "2026-10-25T02:29+02:00"),
            (sunday, "01:00", "02:30", "2026-10-25T02:29+01:00", "2026-11-01T01:00"),
            (sunday, "02:30", "03:30", "2026-10-25T02:10+01:00", "2026-10-25T02:10+01:00"),
        ] as [(Weekdays, String, String, String, String)]
    )
    func `opens by the clock of its zone`(
        days: Weekdays,
        from: String,
        to: String,
        moment: String,
        expected: String
    ) throws {
        let zone = try Zone.berlin()
        let window = try WeeklyHours(
            days: days,
            from: try #require(TimeOfDay.minutes(from)),
            to: try #require(TimeOfDay.minutes(to)),
            zone: zone.name
        )
        let opening = window.opening(from: try Timestamp(moment, in: zone), in: zone)
        #expect(opening.iso8601(in: zone) == (try Timestamp(expected, in: zone)).iso8601(in: zone))
        // It is open when it opens.
        #expect(window.opening(from: opening, in: zone) == opening)
    }

    @Test func `the hours of a day that a zone left out count on the day after`() throws {
        // Samoa had no Friday 30 December 2011.
        let zone = try Zone.made(rule: "", first: -36000, changes: [(at: 1_325_239_200, offset: 50400)])
        let window = try WeeklyHours(days: Self.friday, from: 480, to: 1200, zone: zone.name)
        let opening = window.opening(from: try Timestamp("2011-12-29T12:00", in: zone), in: zone)
        // Friday's hours are counted on into Saturday, as a cron time is that the clock skips.
        #expect(opening.iso8601(in: zone) == "2011-12-31T08:00:00+14:00")
    }

    @Test(
        arguments: [
            (workdays, 480, 1200, "Mon–Fri 08:00–20:00, Europe/Berlin"),
            (.all, 480, 1440, "08:00–24:00, Europe/Berlin"),
            (sunday, 0, 0, "Sun, Europe/Berlin"),
            ([sunday, friday, .init(weekday: 6)], 1320, 90, "Fri–Sun 22:00–01:30, Europe/Berlin"),
            ([.init(weekday: 1), .init(weekday: 3)], 360, 360, "Mon, Wed from 06:00 for 24 hours, Europe/Berlin"),
            ([.init(weekday: 1), .init(weekday: 2), sunday], 0, 1, "Mon–Tue, Sun 00:00–00:01, Europe/Berlin"),
            (.all, 0, 0, "at any time, Europe/Berlin"),
        ] as [(Weekdays, Int, Int, String)]
    )
    func `says in words when it is open`(days: Weekdays, from: Int, to: Int, expected: String) throws {
        #expect(try WeeklyHours(days: days, from: from, to: to, zone: "Europe/Berlin").text == expected)
    }

    @Test func `is open at some time`() {
        #expect(throws: WeeklyHoursError.noDays) { try WeeklyHours(days: [], from: 0, to: 0, zone: "UTC") }
        #expect(throws: WeeklyHoursError.noDays) {
            try WeeklyHours(days: Weekdays(rawValue: 1 << 7), from: 0, to: 0, zone: "UTC")
        }
        #expect(throws: WeeklyHoursError.badFrom) { try WeeklyHours(days: .all, from: 1440, to: 0, zone: "UTC") }
        #expect(throws: WeeklyHoursError.badTo) { try WeeklyHours(days: .all, from: 0, to: 1441, zone: "UTC") }
        #expect(throws: WeeklyHoursError.badTo) { try WeeklyHours(days: .all, from: 0, to: -1, zone: "UTC") }
    }

    @Test(
        arguments: [
            ("8:30", 510), ("08:30", 510), ("00:00", 0), ("24:00", 1440), ("24:01", nil), ("23:60", nil), ("8", nil),
            ("008:00", nil), ("08:0", nil), ("", nil), ("-1:00", nil), ("٨:٣٠", nil), ("08:00:00", nil),
        ] as [(String, Int?)]
    )
    func `reads times of day`(text: String, minutes: Int?) {
        #expect(TimeOfDay.minutes(text) == minutes)
    }

    private static let workdays = Weekdays.workdays
    private static let friday = Weekdays(weekday: 5)
    private static let sunday = Weekdays(weekday: 0)
}
