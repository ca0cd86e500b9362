/// How the price of one listing moved: from what it was at some moment, and against its averages over some days.
package struct Trend: Hashable, Sendable {
    /// What it cost at the moment it is compared with, or when it was first seen, if that was later and it has moved since;
    /// nil where it could not be bought then, or cost something in another currency.
    package let before: Money?
    /// One for each of `spans`, in their order.
    package let averages: [Average]
    /// What it cost at `samples` moments of the last `courseDays`, evenly apart, the last one now; minor units, nil for
    /// when it could not be bought.
    package let course: [Int?]

    /// What a price was on average over some days.
    package struct Average: Hashable, Sendable, Codable {
        /// How many days back it looks.
        package let days: Int
        /// Rounded to whole minor units, halves away from zero; nil where nothing was known.
        package let price: Money?

        package init(days: Int, price: Money?) {
            self.days = days
            self.price = price
        }
    }

    /// Days.
    package static let spans = [7, 30, 90, 180]
    package static let courseDays = 90
    /// One every two days.
    package static let samples = 46

    /// `points` are of one listing, oldest first, each valid until the next; the first may lie before the longest span.
    ///
    /// Points in another currency than `currency` count as times at which it could not be bought.
    package init(_ points: [TrendPoint], currency: Currency, since moment: Timestamp, now: Timestamp) {
        let known = points.filter { $0.at <= now }.map { point in
            TrendPoint(at: point.at, price: point.price?.currency == currency ? point.price : nil)
        }
        let begin = known.last { $0.at <= moment } ?? (known.count > 1 ? known.first : nil)
        before = begin?.price
        averages = Self.spans.map { days in
            Average(days: days, price: Self.average(known, currency: currency, from: now - .days(days), to: now))
        }
        course = Self.course(known, until: now)
    }

    /// One walk over the points: a report asks for thousands of courses.
    private static func course(_ points: [TrendPoint], until now: Timestamp) -> [Int?] {
        let step = Duration.days(courseDays) / (samples - 1)
        var begun = 0
        return (0..<samples).map { sample in
            let moment = now - step * (samples - 1 - sample)
            while begun < points.count, points[begun].at <= moment { begun += 1 }
            return begun == 0 ? nil : points[begun - 1].price?.minor
        }
    }

    /// Weighted by how long each price was valid; a price that has only just been read counts where there is no other.
    private static func average(
        _ points: [TrendPoint],
        currency: Currency,
        from start: Timestamp,
        to end: Timestamp
    ) -> Money? {
        var (sum, weight) = (Int128(0), Int128(0))
        for (place, point) in points.enumerated() {
            guard let price = point.price else { continue }
            let next = place + 1 < points.count ? points[place + 1].at : end
            let span = Int128((next - max(point.at, start)).wholeMilliseconds)
            guard span > 0 else { continue }
            sum += Int128(price.minor) * span
            weight += span
        }
        guard weight > 0 else { return points.last?.price }
        let doubled = (2 * abs(sum) + weight) / (2 * weight)
        return Money(minor: Int(sum < 0 ? -doubled : doubled), currency: currency)
    }
}

extension Money {
    /// How far this is from `before`, as a fraction: −0.1 is 10 % cheaper; nil where there is nothing to compare: no
    /// price, none but zero, or one in another currency.
    package func change(from before: Money?) -> Double? {
        guard let before, before.currency == currency, before.minor > 0 else { return nil }
        return (Double(minor) - Double(before.minor)) / Double(before.minor)
    }
}
