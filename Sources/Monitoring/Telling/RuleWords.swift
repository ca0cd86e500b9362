import Model
import PluginAPI

/// What a message says of a rule that fired.
struct RuleWords: Sendable {
    let kind: Message.Kind
    /// One line.
    let subject: String
    let lines: [String]
    /// What the person waited for, of a target price.
    let target: Money?

    /// `previous` is in the price's currency and differs from it.
    init(_ rule: Rule.Kind, product: String, price: Money, previous: Money?, site: String) {
        let amount = price.displayText
        let costs = "\(product) costs \(amount) at \(site)."
        var before = previous.map { ["Before, it cost \($0.displayText)."] } ?? []
        switch rule {
        case .targetPrice(let target):
            (kind, self.target) = (.targetPrice, target)
            subject = "\(product) is down to \(amount)"
            before.insert("\(costs) You asked to be told at \(target.displayText) or less.", at: 0)
        case .dropPercent, .dropAmount:
            (kind, target) = (.priceDrop, nil)
            subject = "\(product) fell\(Self.share(price, of: previous).map { " by \($0)" } ?? "") to \(amount)"
            before =
                [costs]
                + (previous.map { ["It cost \($0.displayText) at its highest since you set this or were told."] } ?? [])
        case .lowest(let days):
            (kind, target) = (.lowestPrice, nil)
            let span = days.map { $0 == 1 ? "a day" : "\($0) days" }
            subject = "\(product) is at its lowest price \(span.map { "in \($0)" } ?? "ever"): \(amount)"
            before = [costs] + (previous.map { ["The lowest before was \($0.displayText)."] } ?? [])
        case .backInStock:
            (kind, target) = (.backInStock, nil)
            subject = "\(product) can be bought again, for \(amount)"
            before.insert(costs, at: 0)
        case .change:
            (kind, target) = (.priceChange, nil)
            subject = "\(product) now costs \(amount)\(previous.map { " instead of \($0.displayText)" } ?? "")"
            before = [costs]
        }
        lines = before
    }

    /// By how much it fell, in whole percent: `12 %`; nil where that rounds to nothing.
    private static func share(_ price: Money, of previous: Money?) -> String? {
        guard let previous, previous.minor > price.minor, previous.minor > 0 else { return nil }
        let percent = Int((Double(previous.minor - price.minor) / Double(previous.minor) * 100).rounded())
        return (1...99).contains(percent) ? "\(percent)\u{a0}%" : nil
    }
}
