import Model
import Monitoring

/// The form of an alert, in `product.mustache` to add one and in `alert.mustache` to change one; its fields are in
/// `alert-fields.mustache`.
struct AlertFormView: Sendable {
    /// Where it is sent.
    let action: String
    let kinds: [ChoiceView]
    let value: String
    let coolDowns: [ChoiceView]
    let until: String
    /// What is wrong with what was typed; nil for nothing.
    let problem: String?
    /// Whether the form is seen at once.
    let isOpen: Bool

    /// One to be added.
    init(product: ID<Product>, entry: AlertEntry?, problem: RequestError?) {
        self.init(action: "/products/\(product)/alerts", entry: entry, isTyped: entry != nil, problem: problem)
    }

    /// One to be changed; `typed` could not be used.
    init(changing rule: Rule, typed: AlertEntry?, problem: RequestError?) {
        self.init(
            action: "/alerts/\(rule.id)",
            entry: typed ?? AlertEntry(rule),
            isTyped: typed != nil,
            problem: problem
        )
    }

    private init(action: String, entry: AlertEntry?, isTyped: Bool, problem: RequestError?) {
        self.action = action
        kinds = AlertEntry.Kind.allCases.map { kind in
            ChoiceView(value: kind.rawValue, text: Self.name(of: kind), isChosen: kind.rawValue == entry?.kind)
        }
        value = entry?.value ?? ""
        coolDowns = Self.coolDowns(chosen: entry?.coolDown, isChosen: entry != nil)
        until = entry?.until ?? ""
        self.problem = isTyped ? problem?.sentence(besides: []) : nil
        isOpen = isTyped
    }

    /// What is chosen is among them, whatever a program has set.
    private static func coolDowns(chosen: Int?, isChosen: Bool) -> [ChoiceView] {
        let usual = [
            (0, "Each time"), (3600, "Once an hour at most"), (86_400, "Once a day at most"),
            (604_800, "Once a week at most"),
        ]
        let own = chosen.flatMap { span in usual.contains { $0.0 == span } ? nil : span }
            .map { [($0, "Once in \(span(of: $0)) at most")] }
        return [
            ChoiceView(
                value: "",
                text: "As usual: once a day at most, a target each time",
                isChosen: isChosen && chosen == nil
            )
        ]
            + (usual + (own ?? [])).map { ChoiceView(value: String($0), text: $1, isChosen: $0 == chosen) }
    }

    private static func span(of seconds: Int) -> String {
        seconds.isMultiple(of: 60)
            ? DurationText.interval(.seconds(seconds)) : DurationText.counted(seconds, "second")
    }

    private static func name(of kind: AlertEntry.Kind) -> String {
        switch kind {
        case .targetPrice: "costs this or less"
        case .dropPercent: "falls by this many percent"
        case .dropAmount: "falls by this amount"
        case .lowest: "is cheaper than in this many days"
        case .lowestEver: "is cheaper than ever before"
        case .backInStock: "can be bought again"
        case .change: "changes its price"
        }
    }
}
