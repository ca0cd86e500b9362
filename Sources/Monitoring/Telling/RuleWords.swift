import Model
import PluginAPI

/// What a message says of a rule that fired.
struct RuleWords: Sendable {
    /// One line, where this rule is the weightiest.
    let subject: String
    /// What it adds to what the product costs now.
    let lines: [String]
    /// What the person waited for, of a target price.
    let target: Money?

    /// `zone` is the clock that times are told by; nil for UTC.
    init(_ reason: RuleReason, product: String, zone: Zone?) {
        let amount = reason.price.displayText
        let previous = reason.previous?.displayText
        let before = previous.map { ["Before, it cost \($0)."] } ?? []
        switch reason.rule.kind {
        case .targetPrice(let target):
            self.target = target
            subject = "\(product) is down to \(amount)"
            lines = ["You asked to be told at \(target.displayText) or less."] + before
        case .dropPercent, .dropAmount:
            target = nil
            let fall = Self.share(reason.price, of: reason.previous).map { " by \($0)" } ?? ""
            subject = "\(product) fell\(fall) to \(amount)"
            lines = previous.map { ["It cost \($0) at its highest since you set this or were told."] } ?? []
        case .lowest(let days):
            target = nil
            let span = Self.span(days, reason, zone: zone)
            subject = "\(product) is at its lowest price \(span): \(amount)"
            lines = ["That is its lowest price \(span)\(previous.map { "; the lowest before was \($0)" } ?? "")."]
        case .backInStock:
            target = nil
            subject = "\(product) can be bought again, for \(amount)"
            lines = ["It can be bought again."] + before
        case .change:
            target = nil
            subject = "\(product) now costs \(amount)\(previous.map { " instead of \($0)" } ?? "")"
            lines = before
        }
    }

    /// Completes “its lowest price”: never longer than what is known.
    private static func span(_ days: Int?, _ reason: RuleReason, zone: Zone?) -> String {
        let since = reason.watchedSince ?? reason.rule.since
        let began = reason.listing.current?.since ?? reason.rule.since
        if let days, began - since >= .days(days) { return "in \(days == 1 ? "a day" : "\(days) days")" }
        return "since it is watched (\(since.dayText(in: zone)))"
    }

    /// By how much it fell, in whole percent: `12 %`; nil where that rounds to nothing.
    private static func share(_ price: Money, of previous: Money?) -> String? {
        guard let previous, previous.minor > price.minor, previous.minor > 0 else { return nil }
        let percent = Int((Double(previous.minor - price.minor) / Double(previous.minor) * 100).rounded())
        return (1...99).contains(percent) ? "\(percent)\u{a0}%" : nil
    }
}

extension Rule.Kind {
    /// What a message says of it to a machine.
    var told: Message.Kind {
        switch self {
        case .targetPrice: .targetPrice
        case .dropPercent, .dropAmount: .priceDrop
        case .lowest: .lowestPrice
        case .backInStock: .backInStock
        case .change: .priceChange
        }
    }
}
