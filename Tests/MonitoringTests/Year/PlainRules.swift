import Model

/// When each kind of rule has to tell, found by reading through everything that was true: written apart from the program,
/// to be compared with it.
enum PlainRules {
    static func tellings(_ rule: Rule, _ truths: [ShopYear.Truth]) -> [Timestamp] {
        var told: [Timestamp] = []
        func mayTell(_ now: Timestamp) -> Bool {
            if let end = rule.expires, now >= end { return false }
            guard let rest = rule.coolDown, let last = told.last else { return true }
            return now - last >= rest
        }
        // The rule was set right after the first look.
        let first = truths[0].price
        var (isArmed, mark): (Bool, Money) = (true, first)
        for (index, truth) in truths.enumerated().dropFirst() {
            let (price, now) = (truth.price, truth.at)
            switch rule.kind {
            case .targetPrice(let target):
                guard truth.isBuyable, price.currency == target.currency else { continue }
                if isArmed, price.minor <= target.minor, mayTell(now) {
                    told.append(now)
                    isArmed = false
                } else if !isArmed, price.minor * 50 > target.minor * 51 - target.minor % 50 {
                    isArmed = true
                }
            case .dropPercent, .dropAmount:
                guard truth.isBuyable else { continue }
                if case .dropAmount(let amount) = rule.kind, amount.currency != price.currency { continue }
                if mark.currency != price.currency || price.minor > mark.minor {
                    mark = price
                } else if isEnough(rule.kind, price.minor, below: mark.minor), mayTell(now) {
                    told.append(now)
                    mark = price
                }
            case .lowest(let days):
                guard truth.isBuyable else { continue }
                if !isArmed, mark.currency == price.currency {
                    if price.minor * 50 > mark.minor * 51 - mark.minor % 50 {
                        isArmed = true
                        continue
                    }
                    if price.minor >= mark.minor { continue }
                }
                let oldest = days.map { truth.began - .days($0) }
                let lows = truths[..<index].filter { before in
                    before.isBuyable && before.price.currency == price.currency && before.at < truth.began
                        && oldest.map { before.at >= $0 } ?? true
                }
                guard let low = lows.map(\.price.minor).min(), price.minor < low, mayTell(now) else { continue }
                told.append(now)
                (isArmed, mark) = (false, price)
            case .backInStock:
                // It could be bought when the rule was set.
                if told.isEmpty, index == 1 { isArmed = false }
                if !truth.isBuyable {
                    isArmed = true
                } else if isArmed, mayTell(now) {
                    told.append(now)
                    isArmed = false
                }
            case .change:
                guard truth.isBuyable, price != mark, mayTell(now) else { continue }
                told.append(now)
                mark = price
            }
        }
        return told
    }

    private static func isEnough(_ kind: Rule.Kind, _ price: Int, below mark: Int) -> Bool {
        switch kind {
        case .dropPercent(let percent): price * 100 <= mark * (100 - percent)
        case .dropAmount(let amount): price <= mark - amount.minor
        default: false
        }
    }
}
