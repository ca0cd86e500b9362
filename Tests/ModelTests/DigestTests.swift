import Model
import TestSupport
import Testing

@Suite struct DigestTests {
    private func times(_ rhythm: Digest.Rhythm, _ zone: String, after text: String, count: Int = 3) throws -> [String] {
        let zone = try TestZones.source(zone)
        let moment = try #require(Timestamp(iso8601: text, in: zone))
        return try rhythm.times(after: moment, in: zone, count: count).map { $0.iso8601(in: zone) }
    }

    @Test func `a daily report comes at the same time of the clock, also when the clock is changed`() throws {
        #expect(
            try times(.daily(minute: 540), "Europe/Berlin", after: "2026-10-24T09:00:00+02:00") == [
                "2026-10-25T09:00:00+01:00", "2026-10-26T09:00:00+01:00", "2026-10-27T09:00:00+01:00",
            ]
        )
    }

    @Test func `a time that the clock skips comes once, and one that it shows twice comes once`() throws {
        #expect(
            try times(.daily(minute: 150), "Europe/Berlin", after: "2026-03-28T12:00:00+01:00", count: 2) == [
                "2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00",
            ]
        )
        #expect(
            try times(.daily(minute: 150), "Europe/Berlin", after: "2026-10-24T12:00:00+02:00", count: 2) == [
                "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00",
            ]
        )
    }

    @Test(arguments: [(0, "2026-12-06"), (1, "2026-12-07"), (6, "2026-12-05")])
    func `a weekly report comes on its day`(weekday: Int, expected: String) throws {
        #expect(
            try times(.weekly(weekday: weekday, minute: 5), "UTC", after: "2026-11-30T12:00:00Z", count: 1) == [
                "\(expected)T00:05:00Z"
            ]
        )
    }

    @Test(arguments: [("*/15 * * * *", false), ("*/14 * * * *", true), ("0 9 * * *", false), ("0 0 9 29 2 *", false)])
    func `reports that come too often are told from others`(pattern: String, expected: Bool) throws {
        let rhythm = Digest.Rhythm.cron(try Cron(pattern))
        #expect(try rhythm.isTooOften(after: Timestamp(milliseconds: 1_795_435_200_000), in: .utc) == expected)
    }

    @Test func `a person reads when it comes`() throws {
        let owner = ID<Account>("anna")
        var digest = Digest.standard(of: owner, zone: "Europe/Berlin")
        #expect(digest.rhythmText == "every day at 09:00, Europe/Berlin")
        digest.rhythm = .weekly(weekday: 0, minute: 1439)
        #expect(digest.rhythmText == "every Sunday at 23:59, Europe/Berlin")
        digest.rhythm = .cron(try Cron("0 9 * * MON-FRI"))
        #expect(digest.rhythmText == "by the pattern “0 9 * * MON-FRI”, Europe/Berlin")
    }

    @Test func `a day begins and ends by the clock of its place`() throws {
        let zone = try TestZones.source("Europe/Berlin")
        let moment = try #require(Timestamp(iso8601: "2026-10-25T12:00:00+01:00", in: zone))
        #expect(moment.startOfDay(in: zone).iso8601(in: zone) == "2026-10-25T00:00:00+02:00")
        #expect(moment.endOfDay(in: zone).iso8601(in: zone) == "2026-10-26T00:00:00+01:00")
    }
}
