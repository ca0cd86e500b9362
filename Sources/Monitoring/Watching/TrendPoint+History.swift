import Model
import Store

extension TrendPoint {
    /// Oldest first, with an end where the last run ended.
    ///
    /// `points` are newest first.
    static func trend(_ points: [PricePoint]) -> [TrendPoint] {
        var trend = points.reversed().map { point in
            TrendPoint(at: point.from, price: point.availability.canBeBought == false ? nil : point.price)
        }
        if let newest = points.first, let last = trend.last, newest.to > newest.from {
            trend.append(TrendPoint(at: newest.to, price: last.price))
        }
        return trend
    }

    /// The newest price against the one before it, as a fraction: -0.1 is 10 % cheaper; nil without two prices.
    static func change(_ points: [PricePoint]) -> Double? {
        let prices = points.compactMap(\.price)
        guard let newest = prices.first,
            let before = prices.first(where: { $0 != newest && $0.currency == newest.currency }), before.minor > 0
        else { return nil }
        return Double(newest.minor - before.minor) / Double(before.minor)
    }
}
