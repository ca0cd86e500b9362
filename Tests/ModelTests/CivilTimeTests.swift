import Model
import Testing

struct CivilTimeTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (999, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
        (-1000, "1969-12-31T23:59:59Z"), (951_782_400_000, "2000-02-29T00:00:00Z"),
        (951_868_799_999, "2000-02-29T23:59:59Z"),
        (951_868_800_000, "2000-03-01T00:00:00Z"), (1_709_164_800_000, "2024-02-29T00:00:00Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00Z"), (4_107_456_000_000, "2100-02-28T00:00:00Z"),
        (1_795_453_233_000, "2026-11-23T17:00:33Z"), (1_798_761_599_000, "2026-12-31T23:59:59Z"),
        (253_402_300_799_000, "9999-12-31T23:59:59Z"), (-62_135_596_800_000, "0001-01-01T00:00:00Z"),
        (-62_167_219_200_000, "0000-01-01T00:00:00Z"), (-62_167_219_200_001, "-0001-12-31T23:59:59Z"),
        (-11_644_473_600_000, "1601-01-01T00:00:00Z"),
    ])
    func `spells known moments`(milliseconds: Int, expected: String) {
        #expect(Timestamp(milliseconds: milliseconds).iso8601 == expected)
    }

    @Test(arguments: [
        (0, "Thu, 1 Jan 1970 00:00:00 +0000"), (-1, "Wed, 31 Dec 1969 23:59:59 +0000"),
        (1_795_453_233_000, "Mon, 23 Nov 2026 17:00:33 +0000"), (951_782_400_000, "Tue, 29 Feb 2000 00:00:00 +0000"),
        (1_609_459_200_000, "Fri, 1 Jan 2021 00:00:00 +0000"),
    ])
    func `writes dates as mail wants them`(milliseconds: Int, expected: String) {
        #expect(Timestamp(milliseconds: milliseconds).mailDate == expected)
    }

    @Test func `walks through four hundred years day by day`() {
        let start = -11_644_473_600_000  // 1601-01-01, a Monday
        var (year, month, day, weekday) = (1601, 1, 1, 1)
        for index in 0..<146_097 {
            let civil = CivilTime(Timestamp(milliseconds: start + index * 86_400_000 + 3_600_000))
            guard civil.year == year, civil.month == month, civil.day == day, civil.weekday == weekday, civil.hour == 1
            else {
                Issue.record("Day \(index) is \(civil), not \(year)-\(month)-\(day).")
                return
            }
            let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
            let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
            day += 1
            weekday = (weekday + 1) % 7
            if day > length { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect((year, month, day) == (2001, 1, 1))
    }

    @Test(arguments: [Int.min, Int.max])
    func `spells the ends of time`(milliseconds: Int) {
        let civil = CivilTime(Timestamp(milliseconds: milliseconds))
        #expect((1...12).contains(civil.month) && (1...31).contains(civil.day) && (0...6).contains(civil.weekday))
        #expect((0...23).contains(civil.hour) && (0...59).contains(civil.minute) && (0...59).contains(civil.second))
    }
}
