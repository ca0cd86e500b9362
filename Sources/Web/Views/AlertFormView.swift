import Model
import Monitoring

/// The form that adds an alert: a part of `product.mustache`.
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

    private static let fields = ["kind", "value", "coolDown", "until"]

    init(product: ID<Product>, entry: AlertEntry?, problem: RequestError?) {
        action = "/products/\(product)/alerts"
        kinds = AlertEntry.Kind.allCases.map { kind in
            ChoiceView(value: kind.rawValue, text: Self.name(of: kind), isChosen: kind.rawValue == entry?.kind)
        }
        value = entry?.value ?? ""
        let chosen = entry?.coolDown
        coolDowns =
            [ChoiceView(value: "", text: "As suits it", isChosen: entry != nil && chosen == nil)]
            + [(0, "No limit"), (3600, "Once an hour"), (86_400, "Once a day"), (604_800, "Once a week")].map {
                span,
                text in
                ChoiceView(value: String(span), text: text, isChosen: chosen == span)
            }
        until = entry?.until ?? ""
        self.problem = entry == nil ? nil : Self.fields.lazy.compactMap { problem?.sentence(for: $0) }.first
        isOpen = entry != nil
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
