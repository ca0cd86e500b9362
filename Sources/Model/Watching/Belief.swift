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
        package var confirmedStrategy: String?

        package init(price: Money?, doubted: Money?, confirmedStrategy: String?) {
            self.price = price
            self.doubted = doubted
            self.confirmedStrategy = confirmedStrategy
        }
    }

    package enum Verdict: Hashable, Sendable {
        case accepted
        /// `why` is a sentence for a person.
        case suspect(why: String)
    }

    /// A move that is too large is believed when the next look reads the same price again; a reading that is too weak
    /// is not believed however often it repeats.
    package func judge(_ reading: Reading, in context: Context) -> Verdict {
        guard let price = reading.price else { return .accepted }
        let isConfirmed = reading.strategy != nil && reading.strategy == context.confirmedStrategy
        let least = isConfirmed ? leastConfirmedConfidence : leastConfidence
        guard reading.confidence >= least else {
            let percent = reading.confidence > 0 ? Int((reading.confidence * 100).rounded()) : 0
            return .suspect(why: "The price was read with only \(percent) % confidence.")
        }
        guard let before = context.price else { return .accepted }
        if price == context.doubted { return .accepted }
        guard price.currency == before.currency else {
            return .suspect(why: "The currency changed from \(before.currency) to \(price.currency).")
        }
        let (low, high) = (min(price.minor, before.minor), max(price.minor, before.minor))
        guard low > 0 else {
            return low == high
                ? .accepted : .suspect(why: "The price changed between \(before.displayText) and \(price.displayText).")
        }
        guard Double(high - low) > tolerance * Double(before.minor) else { return .accepted }
        return .suspect(why: "The price moved from \(before.displayText) to \(price.displayText) in one step.")
    }
}
