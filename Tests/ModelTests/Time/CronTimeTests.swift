import Model
import TestSupport
import Testing

/// When a pattern comes next; every line was worked out by hand with a calendar.
struct CronTimeTests {
    @Test(arguments: [
        ("*/15 * * * *", "2026-11-24T10:07:30Z", ["2026-11-24T10:15:00Z", "2026-11-24T10:30:00Z"]),
        ("0 8 * * MON-FRI", "2026-11-27T08:00:00Z", ["2026-11-30T08:00:00Z", "2026-12-01T08:00:00Z"]),
        ("30 5 8 * * *", "2026-11-24T00:00:00Z", ["2026-11-24T08:05:30Z", "2026-11-25T08:05:30Z"]),
        ("10,40 */6 * * *", "2026-12-31T18:39:59Z", ["2026-12-31T18:40:00Z", "2027-01-01T00:10:00Z"]),
        (
            "0 9-17/4 * * *", "2026-11-24T09:00:00Z",
            ["2026-11-24T13:00:00Z", "2026-11-24T17:00:00Z", "2026-11-25T09:00:00Z"]
        ),
        ("20/20 12 * * *", "2026-11-24T12:20:00Z", ["2026-11-24T12:40:00Z", "2026-11-25T12:20:00Z"]),
        ("0 0 L * *", "2027-02-01T00:00:00Z", ["2027-02-28T00:00:00Z", "2027-03-31T00:00:00Z"]),
        ("0 0 L 2 *", "2027-03-01T00:00:00Z", ["2028-02-29T00:00:00Z", "2029-02-28T00:00:00Z"]),
        ("0 0 15,L APR *", "2027-01-01T00:00:00Z", ["2027-04-15T00:00:00Z", "2027-04-30T00:00:00Z"]),
        (
            "0 12 * * 5L", "2026-11-01T00:00:00Z",
            ["2026-11-27T12:00:00Z", "2026-12-25T12:00:00Z", "2027-01-29T12:00:00Z"]
        ),
        ("0 12 * * FRI#2", "2026-11-01T00:00:00Z", ["2026-11-13T12:00:00Z", "2026-12-11T12:00:00Z"]),
        ("0 12 * * 1#5", "2026-11-24T00:00:00Z", ["2026-11-30T12:00:00Z", "2027-03-29T12:00:00Z"]),
        ("0 12 * * 7", "2026-11-24T00:00:00Z", ["2026-11-29T12:00:00Z"]),
        (
            "0 12 * * SAT-SUN", "2026-11-24T00:00:00Z",
            ["2026-11-28T12:00:00Z", "2026-11-29T12:00:00Z", "2026-12-05T12:00:00Z"]
        ),
        (
            "0 12 * * 5/2", "2026-11-24T00:00:00Z",
            ["2026-11-27T12:00:00Z", "2026-11-29T12:00:00Z", "2026-12-04T12:00:00Z"]
        ),
        // Both kinds of day: either will do.
        (
            "0 0 13 * FRI", "2026-11-01T00:00:00Z",
            ["2026-11-06T00:00:00Z", "2026-11-13T00:00:00Z", "2026-11-20T00:00:00Z"]
        ),
        (
            "0 0 1 * 1#1", "2026-11-24T00:00:00Z",
            ["2026-12-01T00:00:00Z", "2026-12-07T00:00:00Z", "2027-01-01T00:00:00Z"]
        ),
        ("0 0 30 FEB MON", "2027-01-31T00:00:00Z", ["2027-02-01T00:00:00Z", "2027-02-08T00:00:00Z"]),
        // Only a lone star leaves a field free: every second day or Monday.
        (
            "0 0 */2 * MON", "2026-11-28T00:00:00Z",
            ["2026-11-29T00:00:00Z", "2026-11-30T00:00:00Z", "2026-12-01T00:00:00Z"]
        ),
        ("0 0 ? * MON", "2026-11-24T00:00:00Z", ["2026-11-30T00:00:00Z", "2026-12-07T00:00:00Z"]),
        (
            "0 0 31 * *", "2026-11-24T00:00:00Z",
            ["2026-12-31T00:00:00Z", "2027-01-31T00:00:00Z", "2027-03-31T00:00:00Z"]
        ),
        ("0 0 29 2 *", "2026-11-24T00:00:00Z", ["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"]),
        ("0 0 29 2 *", "2096-02-29T00:00:00Z", ["2104-02-29T00:00:00Z"]),
        // A fifth Sunday in February needs a leap year that begins on a Thursday.
        ("0 0 * 2 0#5", "2026-11-24T00:00:00Z", ["2032-02-29T00:00:00Z", "2060-02-29T00:00:00Z"]),
        ("@yearly", "2026-11-24T00:00:00Z", ["2027-01-01T00:00:00Z"]),
        ("@annually", "2026-11-24T00:00:00Z", ["2027-01-01T00:00:00Z"]),
        ("@monthly", "2026-11-24T00:00:00Z", ["2026-12-01T00:00:00Z"]),
        ("@weekly", "2026-11-24T00:00:00Z", ["2026-11-29T00:00:00Z"]),
        ("@Daily", "2026-11-24T00:00:00Z", ["2026-11-25T00:00:00Z"]),
        ("@midnight", "2026-11-24T00:00:00Z", ["2026-11-25T00:00:00Z"]),
        ("@hourly", "2026-11-24T00:00:00Z", ["2026-11-24T01:00:00Z"]),
        ("@minutely", "2026-11-24T00:00:00Z", ["2026-11-24T00:01:00Z"]),
        ("@secondly", "2026-11-24T00:00:00Z", ["2026-11-24T00:00:01Z"]),
        ("@weekdays", "2026-11-27T00:00:00Z", ["2026-11-30T00:00:00Z"]),
        (
            "@weekends", "2026-11-27T00:00:00Z",
            ["2026-11-28T00:00:00Z", "2026-11-29T00:00:00Z", "2026-12-05T00:00:00Z"]
        ),
        ("0 0 1 1 *", "1899-06-01T00:00:00Z", ["1900-01-01T00:00:00Z"]),
    ])
    func `comes at these times in UTC`(pattern: String, from: String, expected: [String]) throws {
        #expect(try times(pattern, in: .utc, from: from, count: expected.count) == expected)
    }

    /// By clocks that are changed: the rule of the zone, the pattern, from when, and what follows.
    @Test(arguments: [
        // Berlin skips 02:00–03:00 on 29 March 2026, and shows 02:00–03:00 twice on 25 October.
        (berlin, "30 2 * * *", "2026-03-28T12:00", ["2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00"]),
        (
            berlin, "0,30 2,3 * * *", "2026-03-29T00:00",
            ["2026-03-29T03:00:00+02:00", "2026-03-29T03:30:00+02:00", "2026-03-30T02:00:00+02:00"]
        ),
        (
            berlin, "*/20 2 * * *", "2026-03-29T00:00",
            [
                "2026-03-29T03:00:00+02:00", "2026-03-29T03:20:00+02:00", "2026-03-29T03:40:00+02:00",
                "2026-03-30T02:00:00+02:00",
            ]
        ),
        (
            berlin, "0 * * * *", "2026-03-29T00:30",
            ["2026-03-29T01:00:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-29T04:00:00+02:00"]
        ),
        (berlin, "0 */2 * * *", "2026-03-29T00:30", ["2026-03-29T03:00:00+02:00", "2026-03-29T04:00:00+02:00"]),
        (berlin, "30 2 29 3 *", "2026-01-01T00:00", ["2026-03-29T03:30:00+02:00", "2027-03-29T02:30:00+02:00"]),
        (berlin, "30 2 * * *", "2026-10-24T12:00", ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]),
        (
            berlin, "*/30 2 * * *", "2026-10-25T00:00",
            ["2026-10-25T02:00:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:00:00+01:00"]
        ),
        (
            berlin, "0 1,2,3 * * *", "2026-10-25T00:00",
            ["2026-10-25T01:00:00+02:00", "2026-10-25T02:00:00+02:00", "2026-10-25T03:00:00+01:00"]
        ),
        (
            berlin, "15 * * * *", "2026-10-25T01:30",
            ["2026-10-25T02:15:00+02:00", "2026-10-25T02:15:00+01:00", "2026-10-25T03:15:00+01:00"]
        ),
        (
            berlin, "0 */2 * * *", "2026-10-25T01:30",
            ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T04:00:00+01:00"]
        ),
        (berlin, "0 0-23 * * *", "2026-10-25T01:30", ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"]),
        (
            berlin, "*/30 * * * *", "2026-10-25T02:15",
            [
                "2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T02:30:00+01:00",
                "2026-10-25T03:00:00+01:00",
            ]
        ),
        (berlin, "0 12 1 7 *", "2500-01-01T00:00", ["2500-07-01T12:00:00+02:00"]),
        // Lord Howe Island moves by half an hour: 4 October 2026 skips 02:00–02:30, 5 April repeats 01:30–02:00.
        (lordHowe, "15 2 * * *", "2026-10-03T12:00", ["2026-10-04T02:45:00+11:00", "2026-10-05T02:15:00+11:00"]),
        (lordHowe, "45 2 * * *", "2026-10-03T12:00", ["2026-10-04T02:45:00+11:00", "2026-10-05T02:45:00+11:00"]),
        (lordHowe, "15,45 2 * * *", "2026-10-03T12:00", ["2026-10-04T02:45:00+11:00", "2026-10-05T02:15:00+11:00"]),
        (lordHowe, "45 1 * * *", "2026-04-04T12:00", ["2026-04-05T01:45:00+11:00", "2026-04-06T01:45:00+10:30"]),
        (
            lordHowe, "*/15 * * * *", "2026-04-05T01:40",
            [
                "2026-04-05T01:45:00+11:00", "2026-04-05T01:30:00+10:30", "2026-04-05T01:45:00+10:30",
                "2026-04-05T02:00:00+10:30",
            ]
        ),
        // Beirut skips the hour after midnight on 29 March 2026, and shows 23:00–24:00 twice on 24 October.
        (beirut, "0 0 * * *", "2026-03-28T12:00", ["2026-03-29T01:00:00+03:00", "2026-03-30T00:00:00+03:00"]),
        (beirut, "30 0 29 * *", "2026-03-28T12:00", ["2026-03-29T01:30:00+03:00", "2026-04-29T00:30:00+03:00"]),
        (beirut, "30 23 * * *", "2026-10-24T12:00", ["2026-10-24T23:30:00+03:00", "2026-10-25T23:30:00+02:00"]),
        (beirut, "0 0 * * *", "2026-10-24T12:00", ["2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+02:00"]),
        // Dublin's winter is the exception in law; the clock goes as in London.
        (dublin, "30 1 * * *", "2026-03-28T12:00", ["2026-03-29T02:30:00+01:00", "2026-03-30T01:30:00+01:00"]),
        (dublin, "30 1 * * *", "2026-10-24T12:00", ["2026-10-25T01:30:00+01:00", "2026-10-26T01:30:00+00:00"]),
        // Two hours at once.
        (
            troll, "30 1,2 * * *", "2026-03-28T12:00",
            ["2026-03-29T03:30:00+02:00", "2026-03-29T04:30:00+02:00", "2026-03-30T01:30:00+02:00"]
        ),
    ])
    func `comes at these times by a clock that is changed`(
        rule: String,
        pattern: String,
        from: String,
        expected: [String]
    ) throws {
        let zone = try Zone.made(rule: rule)
        #expect(try times(pattern, in: zone, from: from, count: expected.count) == expected)
    }

    /// Samoa went from Thursday 29 December 2011 straight to Saturday the 31st.
    @Test(arguments: [
        ("0 12 * * *", ["2011-12-29T12:00:00-10:00", "2011-12-31T12:00:00+14:00", "2012-01-01T12:00:00+14:00"]),
        ("0 12 30 12 *", ["2011-12-31T12:00:00+14:00", "2012-12-30T12:00:00+14:00"]),
        ("0 12 * * FRI", ["2011-12-31T12:00:00+14:00", "2012-01-06T12:00:00+14:00"]),
        ("0 0 30,31 * *", ["2011-12-31T00:00:00+14:00", "2012-01-30T00:00:00+14:00"]),
    ])
    func `bears a day that is left out`(pattern: String, expected: [String]) throws {
        let zone = try Zone.made(rule: "", first: -36000, changes: [(at: 1_325_239_200, offset: 50400)])
        #expect(try times(pattern, in: zone, from: "2011-12-29T00:30", count: expected.count) == expected)
    }

    @Test func `comes after the moment, not at it`() throws {
        let cron = try Cron("0 10 * * *")
        let ten = try Timestamp("2026-11-24T10:00:00Z")
        #expect(cron.next(after: ten, in: .utc) == ten + .days(1))
        #expect(cron.next(after: ten - .milliseconds(1), in: .utc) == ten)
        #expect(cron.next(after: ten + .milliseconds(1), in: .utc) == ten + .days(1))
    }

    @Test func `ends with the year 9999`() throws {
        #expect(
            try Cron("@yearly").next(after: Timestamp("9998-12-31T23:59:59Z"), in: .utc)?.iso8601
                == "9999-01-01T00:00:00Z"
        )
        #expect(try Cron("@yearly").next(after: Timestamp("9999-06-01T00:00:00Z"), in: .utc) == nil)
        for zone in [Zone.utc, try .berlin()] {
            #expect(try Cron("* * * * * *").next(after: Timestamp(milliseconds: .max), in: zone) == nil)
            #expect(try Cron("* * * * * *").next(after: Timestamp(milliseconds: .min), in: zone) != nil)
        }
    }

    /// Steps through three years of a changing clock and asks of every quarter of an hour whether it was right to come.
    @Test(arguments: ["30 2 * * *", "0 */3 * * *", "15,45 * * * *", "0 0 L * 5#2", "45 1-3 * * 0"])
    func `leaves nothing out and invents nothing`(pattern: String) throws {
        let cron = try Cron(pattern)
        let zone = try Zone.berlin()
        let end = try Timestamp("2028-01-01T00:00:00Z")
        var found: [Timestamp] = []
        var moment = try Timestamp("2025-01-01T00:00:00Z")
        while let next = cron.next(after: moment, in: zone), next < end {
            #expect(next > moment)
            found.append(next)
            moment = next
        }
        // From any moment between two of them the next is the same.
        for (earlier, later) in zip(found, found.dropFirst()) {
            for span in [Duration.seconds(1), .minutes(59), .hours(5)] where earlier + span < later {
                #expect(cron.next(after: earlier + span, in: zone) == later)
            }
        }
        #expect(Set(found).count == found.count && found.count > 50)
    }

    private static let berlin = "CET-1CEST,M3.5.0,M10.5.0/3"
    private static let lordHowe = "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"
    private static let beirut = "EET-2EEST,M3.5.0/0,M10.5.0/0"
    private static let dublin = "IST-1GMT0,M10.5.0,M3.5.0/1"
    private static let troll = "<+00>0<+02>-2,M3.5.0/1,M10.5.0/3"

    private func times(_ pattern: String, in zone: Zone, from: String, count: Int) throws -> [String] {
        let cron = try Cron(pattern)
        var moment = try Timestamp(from, in: zone)
        return (0..<count).compactMap { _ in
            guard let next = cron.next(after: moment, in: zone) else { return nil }
            moment = next
            return next.iso8601(in: zone)
        }
    }
}
