import Model
import Store

extension TrendPoint {
    /// Oldest first, with an end where the last run ended.
    ///
    /// `points` are newest first. What was in another currency than the newest price has no price here: amounts of two
    /// currencies make no line.
    static func trend(_ points: [PricePoint]) -> [TrendPoint] {
        let currency = points.lazy.compactMap(\.price).first?.currency
        var trend = points.reversed().map { point in
            let isShown = point.availability.canBeBought != false && point.price?.currency == currency
            return TrendPoint(at: point.from, price: isShown ? point.price : nil)
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
