import Model
import Testing

@Suite struct TrendTests {
    private static let now = Timestamp(milliseconds: 1_795_435_200_000)

    private func euros(_ minor: Int) throws -> Money {
        Money(minor: minor, currency: try #require(Currency(code: "EUR")))
    }

    private func trend(_ points: [(daysAgo: Int, minor: Int?)], since daysAgo: Int = 1) throws -> Trend {
        let points = try points.map { point in
            TrendPoint(at: Self.now - .days(point.daysAgo), price: try point.minor.map(euros))
        }
        let currency = try #require(Currency(code: "EUR"))
        return Trend(points, currency: currency, since: Self.now - .days(daysAgo), now: Self.now)
    }

    private func averages(_ points: [(daysAgo: Int, minor: Int?)]) throws -> [Int?] {
        try trend(points).averages.map(\.price?.minor)
    }

    @Test func `each price counts for as long as it was valid`() throws {
        // 6 days at 1000 and 1 day at 300: 900; over 30 days 9 days at 2000, 20 at 1000, one at 300.
        #expect(try averages([(200, 2000), (21, 1000), (1, 300)]) == [900, 1277, 1759, 1879])
    }

    @Test func `a history that is shorter than the span counts whole`() throws {
        #expect(try averages([(4, 1000), (2, 2000)]) == [1500, 1500, 1500, 1500])
        #expect(try averages([(0, 1234)]) == [1234, 1234, 1234, 1234])
    }

    @Test func `halves are rounded away from zero`() throws {
        #expect(try averages([(2, 1), (1, 2)]) == [2, 2, 2, 2])
    }

    @Test func `a time at which it could not be bought counts nothing`() throws {
        #expect(try averages([(6, 1000), (5, nil), (1, 2000)]) == [1500, 1500, 1500, 1500])
        #expect(try averages([(6, nil)]) == [nil, nil, nil, nil])
        #expect(try averages([]) == [nil, nil, nil, nil])
    }

    @Test func `amounts of another currency count nothing`() throws {
        let (dollars, euros) = (try #require(Currency(code: "USD")), try #require(Currency(code: "EUR")))
        let points = [
            TrendPoint(at: Self.now - .days(5), price: Money(minor: 9999, currency: dollars)),
            TrendPoint(at: Self.now - .days(1), price: Money(minor: 1000, currency: euros)),
        ]
        let trend = Trend(points, currency: euros, since: Self.now - .days(2), now: Self.now)
        #expect(trend.averages.map(\.price?.minor) == [1000, 1000, 1000, 1000])
        #expect(trend.before == nil)
    }

    @Test func `amounts beyond what a float holds are exact`() throws {
        let huge = 9_007_199_254_740_993
        #expect(try averages([(300, huge)]) == [huge, huge, huge, huge])
    }

    @Test(arguments: [(1, 2000), (3, 1000), (5, 1000), (6, 1000)])
    func `before is what was valid at the moment`(daysAgo: Int, expected: Int?) throws {
        #expect(try trend([(5, 1000), (2, 2000), (0, 3000)], since: daysAgo).before?.minor == expected)
    }

    @Test func `a price that was only just read for the first time is compared with nothing`() throws {
        #expect(try trend([(0, 1000)]).before == nil)
        #expect(try trend([]).before == nil)
        #expect(try trend([(3, nil), (0, 1000)]).before == nil)
    }

    @Test func `the course ends with the price of now`() throws {
        let course = try trend([(50, 1000), (1, 500)]).course
        #expect(course.count == Trend.samples)
        #expect(course.first == .some(nil))
        #expect(course.last == 500)
        #expect(course.dropLast().last == 1000)
    }

    @Test func `a change is a fraction of what it was, where that can be said`() throws {
        #expect(try euros(900).change(from: euros(1000)) == -0.1)
        #expect(try euros(900).change(from: euros(0)) == nil)
        #expect(try euros(900).change(from: nil) == nil)
        #expect(try euros(900).change(from: Money(minor: 1000, currency: #require(Currency(code: "USD")))) == nil)
    }

    @Test(arguments: [
        (-0.2, "−20\u{a0}%"), (0.004, "+0.4\u{a0}%"), (0.0, "0\u{a0}%"), (0.0004, "0\u{a0}%"), (0.05, "+5\u{a0}%"),
        (0.0999, "+10\u{a0}%"), (0.0549, "+5.5\u{a0}%"), (-0.999, "−100\u{a0}%"), (50, "+>999\u{a0}%"),
    ])
    func `reads as percent`(fraction: Double, expected: String) {
        #expect(ChangeText.percent(fraction) == expected)
    }
}
