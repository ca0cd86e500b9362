import Model

/// One choice of a list in a form.
struct ChoiceView: Sendable, Hashable {
    let value: String
    let text: String
    let isChosen: Bool

    /// The intervals a person can choose, shortest first, in minutes; `chosen` is among them whatever it is.
    static func intervals(within range: ClosedRange<Duration>, chosen: Duration) -> [ChoiceView] {
        let usual: [Duration] = [
            .minutes(5), .minutes(15), .minutes(30), .hours(1), .hours(3), .hours(6), .hours(12), .days(1), .days(2),
            .days(7),
        ]
        let offered = Set(usual.filter(range.contains) + [chosen]).sorted()
        return offered.map { span in
            ChoiceView(
                value: String(span.components.seconds / 60),
                text: "Every \(DurationText.interval(span))",
                isChosen: span == chosen
            )
        }
    }
}
