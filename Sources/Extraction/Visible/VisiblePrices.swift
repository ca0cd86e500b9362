import Model

/// The prices that can be seen, the likeliest first.
struct VisiblePrices {
    /// All spots in page order.
    let spots: [PriceSpot]
    /// Those that may be the product's price, best first.
    let ranked: [PriceSpot]
    let doubtful: [(node: Int, text: String, why: String, readings: [String])]
    /// How many times the most common make of price place occurs.
    let mostRepeated: Int

    init(_ survey: Survey) {
        let finder = SpotFinder(survey)
        var spots = finder.spots
        var repeats: [Int: Int] = [:]
        for spot in spots { repeats[spot.signature, default: 0] += 1 }
        let buys = survey.outline.phrases.filter { $0.phrase == .buy }.map(\.node)
        let related = Self.relatedStart(survey)
        for index in spots.indices {
            let count = repeats[spots[index].signature] ?? 1
            if count >= 4 { spots[index].score -= 1.8 } else if count == 3 { spots[index].score -= 0.8 }
            let node = spots[index].node
            if let nearest = buys.map({ abs($0 - node) }).min(), nearest < 250 {
                spots[index].score += 0.7 * (1 - Double(nearest) / 250)
            }
            if let related, node > related { spots[index].score -= 1.5 }
        }
        self.spots = spots
        doubtful = finder.doubtful
        mostRepeated = repeats.values.max() ?? 0
        ranked = spots.filter { !$0.isList && $0.score > 0 }.sorted { $0.score > $1.score }
    }

    /// Where other products begin after the product.
    private static func relatedStart(_ survey: Survey) -> Int? {
        guard let anchor = survey.anchor else { return nil }
        return survey.outline.phrases.first { $0.phrase == .related && $0.node > anchor + 120 }?.node
    }

    /// The best spot of another amount than the best.
    var rival: PriceSpot? {
        guard let best = ranked.first else { return nil }
        return ranked.first { $0.money != best.money }
    }

    /// How much the best is better than the best of another amount.
    var margin: Double {
        guard let best = ranked.first else { return 0 }
        return best.score - max(0, rival?.score ?? 0)
    }

    /// The old price beside a price: higher, near, of the same currency.
    func listPrice(for price: Money) -> PriceSpot? {
        let places = spots.filter { $0.money == price }.map(\.node)
        func distance(_ spot: PriceSpot) -> Int { places.map { abs($0 - spot.node) }.min() ?? .max }
        let candidates = spots.filter {
            $0.isList && $0.money.currency == price.currency && $0.money.minor > price.minor
                && $0.money.minor < price.minor * 20 && distance($0) < 80
        }
        return candidates.min { distance($0) < distance($1) }
    }
}
