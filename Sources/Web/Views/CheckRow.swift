import Model

/// A line of the check log.
struct CheckRow: Sendable, Hashable {
    let at: TimeView
    let badge: BadgeView
    let note: String?
    let price: String
    /// Such as `200, 812 ms`.
    let answer: String

    init(_ check: CheckRecord, now: Timestamp) {
        let words = OutcomeText(check.outcome)
        let isDoubted = check.standing == .suspect
        at = TimeView(check.at, now: now)
        badge = isDoubted ? BadgeView(text: "Doubted", mood: "doubt") : BadgeView(text: words.badge, mood: words.mood)
        note = check.note
        price = check.price.map(MoneyText.full) ?? ""
        let took = DurationText.took(check.took)
        answer = check.status.map { "\($0), \(took)" } ?? "no answer, \(took)"
    }
}
