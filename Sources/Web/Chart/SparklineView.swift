import Model
import Monitoring

/// A small picture of a price's course: an SVG of 120 by 36.
struct SparklineView: Sendable, Hashable {
    /// `x,y x,y …` for each stretch without a gap.
    let stretches: [String]
    let lastX: String
    let lastY: String
    /// What the picture shows, for those who do not see it.
    let label: String

    /// nil for fewer than two prices.
    init?(_ trend: [TrendPoint]) {
        let priced = trend.compactMap { point in point.price.map { (at: point.at, price: $0) } }
        guard priced.count >= 2, let first = trend.first, let last = trend.last, let newest = priced.last else {
            return nil
        }
        let minors = priced.map(\.price.minor)
        guard let low = minors.min(), let high = minors.max(),
            let lowest = priced.map(\.price).min(by: { $0.minor < $1.minor })
        else { return nil }
        let span = max(1, Double(last.at.milliseconds - first.at.milliseconds))
        func x(_ at: Timestamp) -> Double { 3 + 112 * Double(at.milliseconds - first.at.milliseconds) / span }
        func y(_ minor: Int) -> Double { high == low ? 18 : 32 - 28 * Double(minor - low) / Double(high - low) }
        var stretches: [[String]] = [[]]
        var height: Double?
        // Where the line ends: at the last price, and no later than the product could be bought.
        var end = (x: x(newest.at), y: y(newest.price.minor))
        func draw(to point: (x: Double, y: Double)) {
            stretches[stretches.count - 1].append(Self.pair(point.x, point.y))
            end = point
        }
        for point in trend {
            if let before = height { draw(to: (x(point.at), before)) }
            height = point.price.map { y($0.minor) }
            guard let now = height else {
                stretches.append([])
                continue
            }
            draw(to: (x(point.at), now))
        }
        self.stretches = stretches.filter { $0.count > 1 }.map { $0.joined(separator: " ") }
        lastX = ChartNumber.text(end.x)
        lastY = ChartNumber.text(end.y)
        label = "Now \(MoneyText.full(newest.price)), lowest \(MoneyText.full(lowest))"
    }

    private static func pair(_ x: Double, _ y: Double) -> String { "\(ChartNumber.text(x)),\(ChartNumber.text(y))" }
}
