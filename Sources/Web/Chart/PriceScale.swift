import Model

/// The vertical axis of a price chart: a range with round steps.
struct PriceScale: Sendable, Hashable {
    /// In minor units.
    let low: Int
    let high: Int
    let step: Int

    /// A range around `minors` with about `steps` round steps; never below zero.
    init(around minors: [Int], steps: Int) {
        let least = max(0, minors.min() ?? 0)
        let most = max(least, minors.max() ?? 0)
        // A price that never moved still gets some room, so that the line stands in the middle.
        let room = max((most - least) / 12, most == least ? max(1, most / 10) : 1)
        let bottom = max(0, least - room)
        let top = most + room
        let step = Self.round(max(1, (top - bottom) / max(1, steps)))
        self.step = step
        low = bottom / step * step
        high = (top + step - 1) / step * step
    }

    var ticks: [Int] { Array(stride(from: low, through: high, by: step)) }

    /// The next of 1, 2, 5, 10, 20, 50, … that is not less.
    private static func round(_ size: Int) -> Int {
        var unit = 1
        while unit < Int.max / 100 {
            for factor in [1, 2, 5] where unit * factor >= size { return unit * factor }
            unit *= 10
        }
        return unit
    }
}
