import Model
import Monitoring

/// The target-price rule: its state in words and the form to change it.
struct TargetView: Sendable, Hashable {
    /// `off`, `waiting` or `reached`; a class in the style sheet.
    let mood: String
    let headline: String
    let sentence: String
    /// Why somebody would not hear of it; nil when everybody would.
    let silent: SilenceView?
    /// What stands in the field.
    let entry: String
    let currency: String?
    let hint: String
    let buttonText: String
    let problem: String?

    init(_ detail: ProductDetail, entry: ProductView.Entry, now: Timestamp) {
        let target = detail.rules.target
        let price = detail.best?.price
        currency =
            (price ?? target?.price ?? detail.listings.compactMap { $0.listing.current?.price }.first)?.currency.code
        // In another currency than the field is read in, it says so itself.
        let own = target.map { $0.price.currency == price?.currency || price == nil ? $0.price.decimal : "\($0.price)" }
        self.entry = entry.target ?? own ?? ""
        problem = entry.problem?.sentence(for: "target")
        silent = target == nil ? nil : SilenceView(detail)
        hint =
            target == nil
            ? "Each time the price comes down to it you are told once, on every channel."
            : "Empty the field and save to remove the target."
        buttonText = target == nil ? "Set the target" : "Save"
        guard let (rule, target) = target else {
            (mood, headline, sentence) = ("off", "No target.", "Set one, and you are told when it is reached.")
            return
        }
        let amount = MoneyText.full(target)
        if let price, price.currency != target.currency {
            (mood, headline) = ("waiting", "\(amount) cannot be compared.")
            sentence =
                "The shop shows \(price.currency.code) now, and amounts are never converted. Set a target in"
                + " \(price.currency.code) to be told."
            return
        }
        switch rule.state {
        case .armed:
            (mood, headline) = ("waiting", "Waiting for \(amount) or less.")
            sentence = Self.distance(from: price, to: target)
        case .fired:
            (mood, headline) = ("reached", "Reached \(TimeView.relative(from: rule.since, to: now)).")
            let rearm = Rule.rearmPrice(of: target)
            sentence =
                "It was at \(amount) or less. It waits again once the price has been above \(MoneyText.full(rearm))."
        }
    }

    private static func distance(from price: Money?, to target: Money) -> String {
        guard let price else { return "It cannot be bought now." }
        guard price.minor > target.minor else { return "It is low enough now; the next check tells you." }
        let gap = Money(minor: price.minor - target.minor, currency: target.currency)
        return "Now \(MoneyText.full(price)): \(MoneyText.full(gap)) to go."
    }
}

/// Why somebody would not hear of a target that is reached.
struct SilenceView: Sendable, Hashable {
    let sentence: String
    /// The words of a link to the channels.
    let link: String

    /// nil while every channel works.
    init?(_ detail: ProductDetail) {
        guard detail.hasChannels else {
            (sentence, link) = (
                "Nobody would hear of it yet, because you have no channel to be told on.", "Add a channel."
            )
            return
        }
        guard let broken = detail.brokenChannels.first else { return nil }
        (sentence, link) = ("The last message could not be delivered on your channel “\(broken)”.", "See why.")
    }
}
