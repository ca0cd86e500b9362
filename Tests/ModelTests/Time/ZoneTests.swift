import Model
import TestSupport
import Testing

struct ZoneTests {
    /// The rule, and what the clock shows more than UTC at a moment.
    @Test(arguments: [
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T00:59:59Z", 3600),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00:00Z", 7200),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T00:59:59Z", 7200),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:00:00Z", 3600),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2527-07-01T00:00:00Z", 7200),
        ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T06:59:59Z", -18000),
        ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z", -14400),
        ("EST5EDT,M3.2.0,M11.1.0", "2026-11-01T05:59:59Z", -14400),
        ("EST5EDT,M3.2.0,M11.1.0", "2026-11-01T06:00:00Z", -18000),
        // South of the equator summer crosses the new year.
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-12-31T23:59:59Z", 39600),
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-07-01T00:00:00Z", 36000),
        // Half an hour of summer.
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-10-03T15:29:59Z", 37800),
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-10-03T15:30:00Z", 39600),
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-04-04T15:00:00Z", 37800),
        // Ireland's law calls summer the standard and moves the clock back in winter.
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-01T00:00:00Z", 3600),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-12-01T00:00:00Z", 0),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-03-29T01:00:00Z", 3600),
        // Two hours of summer, and times outside the day.
        ("<+00>0<+02>-2,M3.5.0/1,M10.5.0/3", "2026-07-01T00:00:00Z", 7200),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -7200),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -3600),
        ("IST-2IDT,M3.4.4/26,M10.5.0", "2026-03-26T23:59:59Z", 7200),
        ("IST-2IDT,M3.4.4/26,M10.5.0", "2026-03-27T00:00:00Z", 10800),
        // Days by number: J60 is 1 March in every year, 59 is 29 February in leap years.
        ("AAA3BBB,J60/0,J300/0", "2024-03-01T02:59:59Z", -10800),
        ("AAA3BBB,J60/0,J300/0", "2024-03-01T03:00:00Z", -7200),
        ("AAA3BBB,J60/0,J300/0", "2023-03-01T03:00:00Z", -7200),
        ("AAA3BBB,59/0,300/0", "2024-02-29T03:00:00Z", -7200),
        ("AAA3BBB,59/0,300/0", "2024-02-29T02:59:59Z", -10800),
        // Summer that never ends.
        ("XXX3EDT4,0/0,J365/23", "2026-12-31T23:30:00Z", -14400),
        ("XXX3EDT4,0/0,J365/23", "2027-01-01T04:00:00Z", -14400),
        // Never changed.
        ("<+03>-3", "2026-07-01T00:00:00Z", 10800), ("<-0330>3:30", "2026-07-01T00:00:00Z", -12600),
        ("LMT-0:53:28", "1890-01-01T00:00:00Z", 3208),
    ])
    func `follows the rule of the last line`(rule: String, moment: String, expected: Int) throws {
        let zone = try Zone.made(rule: rule)
        #expect(zone.offset(at: try Timestamp(moment)) == .seconds(expected))
    }

    @Test func `takes what was written down before what the rule says`() throws {
        // Samoa left out 30 December 2011, and has not changed its clock since 2021.
        let zone = try Zone.made(
            "Pacific/Apia",
            rule: "<+13>-13",
            first: -36000,
            changes: [(at: 1_325_239_200, offset: 50400), (at: 1_333_202_400, offset: 46800)]
        )
        #expect(zone.offset(at: try Timestamp("2011-12-30T09:59:59Z")) == .hours(-10))
        #expect(zone.offset(at: try Timestamp("2011-12-30T10:00:00Z")) == .hours(14))
        #expect(zone.offset(at: try Timestamp("2012-03-31T14:00:00Z")) == .hours(13))
        #expect(zone.offset(at: try Timestamp("2099-01-01T00:00:00Z")) == .hours(13))
        #expect(try Timestamp("2011-12-29T23:59:59", in: zone).iso8601 == "2011-12-30T09:59:59Z")
        #expect(try Timestamp("2011-12-31T00:00:00", in: zone).iso8601 == "2011-12-30T10:00:00Z")
    }

    @Test func `a rule holds only after the last written change, be it one of the name alone`() throws {
        // Grand Turk stayed at four hours from 2015 to 2018, then took New York's rule.
        let zone = try Zone.made(
            "America/Grand_Turk",
            rule: "EST5EDT,M3.2.0,M11.1.0",
            first: -18000,
            changes: [(at: 1_425_798_000, offset: -14400), (at: 1_520_751_600, offset: -14400)]
        )
        for (moment, hours) in [
            ("2015-01-01T00:00:00Z", -5), ("2016-01-01T00:00:00Z", -4), ("2018-03-11T06:59:59Z", -4),
            ("2018-07-01T00:00:00Z", -4), ("2018-11-04T06:00:00Z", -5), ("2030-07-01T00:00:00Z", -4),
        ] {
            #expect(zone.offset(at: try Timestamp(moment)) == .hours(hours), "\(moment)")
        }
        // Nothing is skipped or shown twice in between.
        let cron = try Cron("30 1,2 * * *")
        var found: [String] = []
        var moment = try Timestamp("2017-11-05T00:00:00", in: zone)
        for _ in 0..<3 {
            moment = try #require(cron.next(after: moment, in: zone))
            found.append(moment.iso8601(in: zone))
        }
        #expect(
            found == ["2017-11-05T01:30:00-04:00", "2017-11-05T02:30:00-04:00", "2017-11-06T01:30:00-04:00"]
        )
    }

    @Test func `a rule that does not fit the last written change begins with it`() throws {
        let zone = try Zone.made(rule: "<+05>-5", first: 0, changes: [(at: 1_000_000_000, offset: 3600)])
        #expect(zone.offset(at: Timestamp(milliseconds: 999_999_999_000)) == .zero)
        #expect(zone.offset(at: Timestamp(milliseconds: 1_000_000_000_000)) == .hours(5))
        let cron = try Cron("0 0 1 1 *")
        #expect(
            cron.next(after: Timestamp(milliseconds: 1_000_000_000_000), in: zone)?.iso8601 == "2001-12-31T19:00:00Z"
        )
    }

    @Test func `spells moments with the zone's offset`() throws {
        let moment = try Timestamp("2026-07-01T10:05:09Z")
        #expect(moment.iso8601(in: try .berlin()) == "2026-07-01T12:05:09+02:00")
        #expect(moment.iso8601(in: try .made(rule: "<-0330>3:30")) == "2026-07-01T06:35:09-03:30")
        #expect(moment.iso8601(in: try .made(rule: "LMT0:25:21")) == "2026-07-01T09:39:48-00:25:21")
        #expect(moment.iso8601(in: .utc) == "2026-07-01T10:05:09Z")
        #expect(moment.iso8601(in: try .made("Etc/UTC", rule: "UTC0")) == "2026-07-01T10:05:09Z")
        // Not always at UTC, so its offset is said even while it is none.
        let london = try Zone.made("Europe/London", rule: "GMT0BST,M3.5.0/1,M10.5.0")
        #expect(try Timestamp("2026-01-01T00:00:00Z").iso8601(in: london) == "2026-01-01T00:00:00+00:00")
    }

    /// What stands on a clock in Berlin, and the moment that is meant.
    @Test(arguments: [
        ("2026-03-29T01:59:59", "2026-03-29T00:59:59Z"), ("2026-03-29T02:00", "2026-03-29T01:00:00Z"),
        ("2026-03-29T02:30", "2026-03-29T01:30:00Z"), ("2026-03-29T03:00", "2026-03-29T01:00:00Z"),
        ("2026-10-25T02:30", "2026-10-25T00:30:00Z"), ("2026-10-25T03:00", "2026-10-25T02:00:00Z"),
        ("2026-10-25 02:30:10.5", "2026-10-25T00:30:10Z"), ("2026-11-24", "2026-11-23T23:00:00Z"),
        ("2026-10-25T02:30+01:00", "2026-10-25T01:30:00Z"), ("2026-10-25T02:30Z", "2026-10-25T02:30:00Z"),
        ("2026-10-25T02:30-0330", "2026-10-25T06:00:00Z"), ("2026-10-25T02:30+05", "2026-10-24T21:30:00Z"),
    ])
    func `reads what a clock shows`(text: String, expected: String) throws {
        #expect(Timestamp(iso8601: text, in: try .berlin())?.iso8601 == expected)
    }

    @Test(arguments: [
        "", "now", "2026", "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-01-01T", "2026-01-01T24:00",
        "2026-01-01T10:60", "2026-01-01T10:00:60", "2026-01-01T10", "2026-01-01T10:00:00.", "2026-01-01T10:00+",
        "2026-01-01T10:00+1", "2026-01-01T10:00+24:00", "2026-01-01T10:00Zx", "26-01-01", "2026-1-1", "２０２６-01-01",
    ])
    func `does not take anything else for a moment`(text: String) {
        #expect(Timestamp(iso8601: text, in: .utc) == nil)
    }
}
