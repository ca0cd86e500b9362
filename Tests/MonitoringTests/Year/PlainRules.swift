import Model

/// What a product's rules have to tell and when it has to arrive, found by reading through everything that was true:
/// written apart from the program, to be compared with it.
struct PlainRules {
    /// One message at the door.
    struct Telling: Hashable {
        let at: Timestamp
        let price: Money
        /// The places of its rules.
        let rules: [Int]
    }

    private var rules: [PlainRule]
    private let truths: [ShopYear.Truth]
    private let quiet: QuietNights?

    /// The rules were set right after the first look.
    ///
    /// `snoozes` are those that rest, by their place.
    init(_ rules: [Rule], snoozes: [Int: Range<Int>], _ truths: [ShopYear.Truth], quiet: QuietNights?) {
        self.rules = rules.enumerated().map { place, rule in
            PlainRule(rule: rule, mark: truths[0].price, snoozed: snoozes[place])
        }
        self.truths = truths
        self.quiet = quiet
    }

    /// In order of time.
    mutating func tellings() -> [Telling] {
        var (tellings, morning): ([Telling], Timestamp?) = ([], nil)
        for index in truths.indices.dropFirst() {
            let now = truths[index].at
            if let end = morning, end <= now {
                // Nobody was disturbed in the night: what is still so in the morning is told then.
                if let telling = ask(index - 1, at: end, mayTell: true) { tellings.append(telling) }
                morning = nil
            }
            let end = quiet?.end(at: now)
            guard let telling = ask(index, at: now, mayTell: end == nil) else { continue }
            if end == nil { tellings.append(telling) } else { morning = end }
        }
        if let end = morning, let telling = ask(truths.count - 1, at: end, mayTell: true) { tellings.append(telling) }
        return tellings
    }

    private mutating func ask(_ index: Int, at now: Timestamp, mayTell: Bool) -> Telling? {
        var places: [Int] = []
        for place in rules.indices {
            var rule = rules[place]
            let tells = rule.look(at: index, of: truths, now: now)
            if tells { places.append(place) }
            // A rule that may not tell waits as it was.
            if mayTell || !tells { rules[place] = rule }
        }
        return places.isEmpty ? nil : Telling(at: now, price: truths[index].price, rules: places)
    }
}

/// Nights from 21:30 to 7:15 in Berlin, whose clock stands two hours before UTC from March to October and one hour else.
struct QuietNights {
    /// The last Sundays of March and October, 1:00 UTC.
    private static let summers = [(1_806_195_600, 1_824_944_400)]

    /// When the night ends that `moment` lies in; nil by day.
    func end(at moment: Timestamp) -> Timestamp? {
        let second = moment.milliseconds / 1000
        let clock = (second + Self.offset(second)) % 86_400
        let (evening, morning) = (21 * 3600 + 30 * 60, 7 * 3600 + 15 * 60)
        guard clock >= evening || clock < morning else { return nil }
        let rest = (clock >= evening ? 86_400 : 0) + morning - clock
        // The night in which the clock is moved is an hour shorter or longer.
        return Timestamp(milliseconds: (second + rest + Self.offset(second) - Self.offset(second + rest)) * 1000)
    }

    private static func offset(_ second: Int) -> Int {
        summers.contains { second >= $0.0 && second < $0.1 } ? 7200 : 3600
    }
}

/// One rule.
struct PlainRule {
    let rule: Rule
    var isArmed = true
    var mark: Money
    var told: [Timestamp] = []
    /// Milliseconds in which it rests.
    let snoozed: Range<Int>?

    init(rule: Rule, mark: Money, snoozed: Range<Int>?) {
        (self.rule, self.mark, self.snoozed) = (rule, mark, snoozed)
        // It could be bought when the rule was set.
        if rule.kind == .backInStock { isArmed = false }
    }

    private func mayTell(_ now: Timestamp) -> Bool {
        if let end = rule.expires, now >= end { return false }
        if let snoozed, snoozed.contains(now.milliseconds) { return false }
        guard let rest = rule.coolDown, let last = told.last else { return true }
        return now - last >= rest
    }

    /// Whether it tells of the truth at `index`, seen at `now`.
    mutating func look(at index: Int, of truths: [ShopYear.Truth], now: Timestamp) -> Bool {
        let truth = truths[index]
        let price = truth.price
        switch rule.kind {
        case .targetPrice(let target):
            guard truth.isBuyable, price.currency == target.currency else { return false }
            if isArmed, price.minor <= target.minor { return tell(now) { $0.isArmed = false } }
            if !isArmed, price.minor * 50 > target.minor * 51 - target.minor % 50 { isArmed = true }
            return false
        case .dropPercent, .dropAmount:
            guard truth.isBuyable else { return false }
            if case .dropAmount(let amount) = rule.kind, amount.currency != price.currency { return false }
            if mark.currency != price.currency || price.minor > mark.minor {
                mark = price
                return false
            }
            return isEnough(price.minor) && tell(now) { $0.mark = price }
        case .lowest(let days):
            guard truth.isBuyable else { return false }
            if !isArmed, mark.currency == price.currency {
                if price.minor * 50 > mark.minor * 51 - mark.minor % 50 {
                    isArmed = true
                    return false
                }
                if price.minor >= mark.minor { return false }
            }
            let same = truths[...index].filter { $0.isBuyable && $0.price.currency == price.currency }
            // A week has to be known before anything is called a low.
            guard let first = same.first, truth.began - first.began >= .days(7) else { return false }
            let oldest = days.map { truth.began - .days($0) }
            let lows = same.filter { before in before.at < truth.began && (oldest.map { before.at >= $0 } ?? true) }
            guard let low = lows.map({ $0.price.minor }).min(), price.minor < low else { return false }
            return tell(now) { rule in (rule.isArmed, rule.mark) = (false, price) }
        case .backInStock:
            if !truth.isBuyable {
                isArmed = true
                return false
            }
            return isArmed && tell(now) { $0.isArmed = false }
        case .change:
            guard truth.isBuyable, price != mark else { return false }
            // Another currency is no move.
            guard price.currency == mark.currency else {
                mark = price
                return false
            }
            return tell(now) { $0.mark = price }
        }
    }

    private mutating func tell(_ now: Timestamp, _ change: (inout PlainRule) -> Void) -> Bool {
        guard mayTell(now) else { return false }
        told.append(now)
        change(&self)
        return true
    }

    private func isEnough(_ price: Int) -> Bool {
        switch rule.kind {
        case .dropPercent(let percent): price * 100 <= mark.minor * (100 - percent)
        case .dropAmount(let amount): price <= mark.minor - amount.minor
        default: false
        }
    }
}
