import Model

/// A stretch of equal readings, as the table of changes shows it.
struct RunRow: Sendable, Hashable {
    let from: TimeView
    /// Such as `12 checks`.
    let checks: String
    let price: String
    /// Against the believed price before it.
    let change: ChangeView?
    let availability: String
    /// nil for a reading that is believed.
    let standing: BadgeView?
    let isBelieved: Bool

    /// `runs` and the rows are newest first.
    static func rows(_ runs: [HistoryRun]) -> [RunRow] {
        var before: Money?
        var rows: [RunRow] = []
        for run in runs.reversed() {
            let isBelieved = run.standing == .accepted
            rows.append(
                RunRow(
                    from: TimeView(run.from, now: run.from),
                    checks: DurationText.counted(run.checks, "check"),
                    price: run.price.map(MoneyText.full) ?? "–",
                    change: isBelieved ? ChangeView(fraction(from: before, to: run.price)) : nil,
                    availability: ReadingText.availability(run.availability),
                    standing: isBelieved
                        ? nil
                        : BadgeView(
                            text: ReadingText.standing(run.standing),
                            mood: run.standing == .suspect ? "doubt" : "quiet"
                        ),
                    isBelieved: isBelieved
                )
            )
            if isBelieved, let price = run.price { before = price }
        }
        return rows.reversed()
    }

    private static func fraction(from before: Money?, to price: Money?) -> Double? {
        guard let before, let price, before.currency == price.currency, before.minor > 0 else { return nil }
        return Double(price.minor - before.minor) / Double(before.minor)
    }
}

/// A reading that does not count, and why.
struct DoubtView: Sendable, Hashable {
    let price: String
    let at: TimeView
    /// `Wrong`, once that is known; nil while it is doubted.
    let standing: String?
    let why: String

    init(_ run: HistoryRun, now: Timestamp) {
        price = run.price.map(MoneyText.full) ?? "No price"
        at = TimeView(run.from, now: now)
        standing = run.standing == .rejected ? "turned out to be wrong" : nil
        why = run.doubt ?? "It did not look right."
    }
}
