import Model

/// The prices that can be seen, the likeliest first.
struct VisiblePrices {
    /// All spots in page order.
    let spots: [PriceSpot]
    /// Those that may be the product's price, best first.
    let ranked: [PriceSpot]
    /// How many spots of the same make stand on cards that lead elsewhere.
    let cards: Int
    /// Different amounts on them.
    let cardAmounts: Int

    /// Below this score a spot is not taken for the product's price.
    static let least = 1.2

    init(_ survey: Survey) {
        var spots = SpotFinder(survey).spots
        var repeats: [Int: Int] = [:]
        var cards: [Int: Int] = [:]
        for spot in spots {
            repeats[spot.signature, default: 0] += 1
            if spot.isOnCard, spot.isPlain { cards[spot.signature, default: 0] += 1 }
        }
        let buys = survey.outline.phrases.filter { $0.phrase == .buy }.map(\.node)
        let related = survey.relatedStart
        for index in spots.indices {
            let count = repeats[spots[index].signature] ?? 1
            spots[index].repeats = count
            let penalty = spots[index].isOnCard ? 1.8 : 0.9
            if count >= 4 { spots[index].score -= penalty } else if count == 3 { spots[index].score -= penalty / 2 }
            let node = spots[index].node
            if let nearest = buys.map({ abs($0 - node) }).min(), nearest < 250 {
                spots[index].score += 0.7 * (1 - Double(nearest) / 250)
            }
            if let related, node > related { spots[index].score -= 2.5 }
        }
        Self.lowerPairs(&spots)
        self.spots = spots
        let most = cards.max { $0.value < $1.value }
        self.cards = most?.value ?? 0
        cardAmounts = Set(spots.filter { $0.signature == most?.key }.map(\.amount)).count
        let likely = spots.filter { $0.score >= Self.least }.sorted { $0.score > $1.score }
        let now = likely.filter { !$0.isList }
        // Where there is no other, the name of an element is no reason to leave the only price out.
        ranked = now.isEmpty ? likely.filter(\.isListByName) : now
    }

    /// Of two prices side by side that nothing tells apart, the higher is the old one.
    private static func lowerPairs(_ spots: inout [PriceSpot]) {
        for index in spots.indices.dropFirst() {
            guard let one = spots[index - 1].money, let two = spots[index].money, one.currency == two.currency,
                spots[index].node - spots[index - 1].node <= 14, !spots[index - 1].isList, !spots[index].isList,
                !spots[index - 1].hasCondition, !spots[index].hasCondition
            else { continue }
            let (low, high) = (min(one.minor, two.minor), max(one.minor, two.minor))
            guard low < high, high / 5 * 2 < low else { continue }
            let higher = one.minor > two.minor ? index - 1 : index
            spots[higher].isBesideLower = true
            // Beside “from 17.50” it may be what the shop itself asks.
            if !spots[higher == index ? index - 1 : index].isLeast { spots[higher].score -= 0.8 }
        }
    }

    /// The best spot of another amount than the best that may be the price as well: not the same without tax, nor a lower
    /// amount by the kilogram or by the month.
    var rival: PriceSpot? {
        guard let best = ranked.first else { return nil }
        return ranked.first { spot in
            guard spot.amount != best.amount, !spot.isUntaxed(best) else { return false }
            guard spot.isPart, !best.isPart, let part = spot.money, let whole = best.money else { return true }
            return part.minor > whole.minor
        }
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
        let candidates = spots.filter { spot in
            guard spot.isList || spot.isBesideLower, let money = spot.money, money.currency == price.currency else {
                return false
            }
            return money.minor > price.minor && money.minor / 20 < price.minor && distance(spot) < 80
        }
        return candidates.min { distance($0) < distance($1) }
    }
}

extension Survey {
    /// Where other products begin after the product.
    var relatedStart: Int? {
        guard let anchor else { return nil }
        return outline.phrases.first { $0.phrase == .related && $0.node > anchor + 120 }?.node
    }
}
