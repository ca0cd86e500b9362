import Markup
import Model
import PluginAPI

/// What short texts near the product say about stock.
enum VisibleStock {
    /// nil where nothing is said, or as much for as against.
    static func read(_ survey: Survey) -> Candidate? {
        guard let anchor = survey.anchor else { return nil }
        let limit = min(anchor + 1200, survey.relatedStart ?? .max)
        var out: Int?
        var inStock: Int?
        var gone: Int?
        var buy: Int?
        var notSold: Int?
        for (phrase, node) in survey.outline.phrases where node > anchor - 40 && node < limit {
            guard !isElsewhere(node, survey) else { continue }
            switch phrase {
            case .outOfStock: out = out ?? node
            case .discontinued: gone = gone ?? node
            case .inStock: inStock = inStock ?? node
            case .buy: buy = buy ?? node
            case .notSold: notSold = notSold ?? node
            default: break
            }
        }
        if let notSold { return candidate(.outOfStock, 0.85, notSold, survey) }
        if let gone, buy == nil { return candidate(.discontinued, 0.6, gone, survey) }
        if let out {
            // Both said: variants, or labels kept for a script.
            if buy != nil || inStock != nil {
                let isPriced = survey.visible.ranked.first.map { $0.node < limit } ?? false
                return candidate(isPriced ? .inStock : .outOfStock, 0.35, out, survey)
            }
            return candidate(.outOfStock, 0.9, out, survey)
        }
        if let inStock { return candidate(.inStock, 0.6, inStock, survey) }
        if let buy { return candidate(.inStock, 0.45, buy, survey) }
        return nil
    }

    private static func candidate(_ value: Availability, _ trust: Double, _ node: Int, _ survey: Survey) -> Candidate {
        let text =
            survey.document.nodes[node].isText
            ? survey.document.text(of: node).trimmedLine : survey.document.value(of: .value, at: node) ?? ""
        return .init(
            .availability(value),
            strategy: VisibleStrategy.name,
            path: VisibleStrategy.path(survey, node),
            text: text,
            confidence: trust
        )
    }

    /// In a link, a choice of variants, a part about other products, or one that a script would show.
    private static func isElsewhere(_ node: Int, _ survey: Survey) -> Bool {
        var next = node
        for _ in 0..<10 where next >= 0 {
            let part = survey.document.nodes[next]
            if let anchor = survey.anchor, next < anchor, part.end > anchor { return false }
            if part.is(.option) || part.is(.select) { return true }
            if part.is(.li), survey.document.value(of: .class, at: next)?.contains("swatch") == true { return true }
            if survey.hasHidingStyle(next) { return true }
            let words = survey.words(of: next)
            if words.contains(.related) || words.contains(.frame) { return true }
            next = Int(part.parent)
        }
        return false
    }
}
