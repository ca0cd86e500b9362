/// Decides whether a reading counts.
///
/// One false alert costs more than a late one.
package struct Belief: Hashable, Sendable {
    /// Below this a reading is doubted, unless a person confirmed the way it was read.
    package var leastConfidence = 0.5
    /// The lowest confidence at which a confirmed way of reading is still believed.
    package var leastConfirmedConfidence = 0.25
    /// How far a price may move between two readings before a second look is due: 0.4 is 40 %.
    package var tolerance = 0.4

    package init() {}

    /// What is known of the listing when a reading comes in.
    package struct Context: Hashable, Sendable {
        /// The last believed price, also from before it went out of stock.
        package var price: Money?
        /// The doubted reading before this one, if the last one was doubted.
        package var doubted: Money?
        /// For how long that doubted reading was repeated already, and by how many looks, at least 1.
        package var doubtedFor: Duration = .zero
        package var doubtedLooks = 1
        /// The reading before this one, if a person said that it was wrong.
        package var rejected: Money?
        package var confirmedStrategy: String?

        package init(price: Money?, doubted: Money?, rejected: Money? = nil, confirmedStrategy: String?) {
            self.price = price
            self.doubted = doubted
            self.rejected = rejected
            self.confirmedStrategy = confirmedStrategy
        }

        /// With the look that is judged.
        fileprivate var isLasting: Bool {
            doubtedFor >= Belief.lasting.span && doubtedLooks + 1 >= Belief.lasting.looks
        }
    }

    /// How long another currency has to be read, and how often, before it is believed.
    package static let lasting = (span: Duration.days(1), looks: 3)

    package enum Verdict: Hashable, Sendable {
        case accepted
        /// `why` is a sentence for a person.
        case suspect(why: String)
        /// It is what a person said to be wrong.
        case rejected(why: String)
    }

    /// A move that is too large is believed when the next look reads the same price again and no other way contradicts it.
    ///
    /// Another currency is believed when it was read again and again for a day, and two ways of reading agree on it: shops
    /// that guess a visitor's country show one for an hour. Free of charge, or ten, a hundred or a
    /// thousand times as much or as little as before, only a person can believe; so it is with a reading that is too weak.
    package func judge(_ reading: Reading, in context: Context) -> Verdict {
        guard let price = reading.price else { return .accepted }
        if price == context.rejected {
            return .rejected(why: "You said that \(price.displayText) is wrong, and it was read again.")
        }
        let isConfirmed = reading.strategy != nil && reading.strategy == context.confirmedStrategy
        let least = isConfirmed ? leastConfirmedConfidence : leastConfidence
        guard reading.confidence >= least else {
            let percent = reading.confidence > 0 ? Int((reading.confidence * 100).rounded()) : 0
            return .suspect(why: "The price was read with only \(percent) % confidence.")
        }
        guard let before = context.price, price != before, let doubt = doubt(price, before: before) else {
            return .accepted
        }
        let isRepeated = price == context.doubted
        let why = doubt.sentence(price, before: before)
        switch doubt {
        case .zero, .decimals: return .suspect(why: why)
        case .currency where isRepeated && context.isLasting && reading.witnesses.agreeing > 1: return .accepted
        case .size where isRepeated && (reading.witnesses.agreeing > 1 || reading.witnesses.others == 0):
            return .accepted
        case .currency, .size: return .suspect(why: why)
        }
    }

    private enum Doubt: Hashable, Sendable {
        case currency, zero, decimals, size

        func sentence(_ price: Money, before: Money) -> String {
            switch self {
            case .currency: "The currency changed from \(before.currency) to \(price.currency)."
            case .zero: "The price changed between \(before.displayText) and \(price.displayText)."
            case .decimals, .size: "The price moved from \(before.displayText) to \(price.displayText) in one step."
            }
        }
    }

    /// What is strange about a move; nil for one that may be.
    private func doubt(_ price: Money, before: Money) -> Doubt? {
        guard price.currency == before.currency else { return .currency }
        let (low, high) = (min(price.minor, before.minor), max(price.minor, before.minor))
        guard low > 0 else { return .zero }
        if Self.isSlip(from: low, to: high) { return .decimals }
        return Double(high - low) > tolerance * Double(before.minor) ? .size : nil
    }

    /// Whether one is ten, a hundred or a thousand times the other, to two percent: what slips is the decimal point, and
    /// the price may have moved a little beside it.
    ///
    /// Both are above zero.
    static func isSlip(from before: Int, to now: Int) -> Bool {
        let ratio = Double(max(before, now)) / Double(min(before, now))
        return [10, 100, 1000].contains { abs(ratio / $0 - 1) <= 0.02 }
    }
}

extension Reading {
    /// How many ways of reading the page gave this price, and how many gave another one.
    package var witnesses: (agreeing: Int, others: Int) {
        guard let price else { return (0, 0) }
        var values: [String: Bool] = [:]
        for evidence in evidence where evidence.field == .price && evidence.value != nil {
            values[evidence.strategy] = values[evidence.strategy] == true || evidence.value == "\(price)"
        }
        let agreeing = values.values.count { $0 }
        return (agreeing, values.count - agreeing)
    }
}
