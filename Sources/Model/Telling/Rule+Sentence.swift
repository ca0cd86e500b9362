extension Rule {
    /// What it waits for as a sentence.
    ///
    /// `Tell me when it costs €400.00 or less, at most once a day, until 24 Dec 2026.`
    package var sentence: String {
        let rest = [coolDownText, expires.map { "until \(($0 - .milliseconds(1)).dayText)" }].compactMap {
            $0.map { ", \($0)" }
        }.joined()
        return "Tell me when \(kind.clause)\(rest)."
    }

    private var coolDownText: String? {
        guard let coolDown, coolDown > .zero else { return nil }
        let seconds = Int(coolDown.components.seconds)
        for (unit, name) in [(604_800, "week"), (86_400, "day"), (3_600, "hour"), (60, "minute")]
        where seconds % unit == 0 {
            let count = seconds / unit
            let span = count == 1 ? (name == "hour" ? "an hour" : "a \(name)") : "in \(count) \(name)s"
            return "at most once \(span)"
        }
        return "at most once in \(seconds) seconds"
    }
}

extension Rule.Kind {
    /// Completes “when”: `it costs €400.00 or less`.
    package var clause: String {
        switch self {
        case .targetPrice(let target): "it costs \(target.displayText) or less"
        case .dropPercent(let percent): "its price falls by \(percent)\u{a0}% or more"
        case .dropAmount(let amount): "its price falls by \(amount.displayText) or more"
        case .lowest(nil): "it is cheaper than ever before"
        case .lowest(let days?): "it is cheaper than in the \(days == 1 ? "day" : "\(days) days") before"
        case .backInStock: "it can be bought again"
        case .change: "its price changes"
        }
    }
}
