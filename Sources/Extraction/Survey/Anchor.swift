import Markup

/// Finds where on the page the product's name stands: prices near it are the product's.
enum Anchor {
    static func find(_ survey: Survey) -> Int? {
        let names = names(survey)
        let ready = names.map(Wording.Name.init)
        let document = survey.document
        var best: (node: Int, score: Double)?
        for (order, heading) in survey.outline.headings.prefix(40).enumerated() {
            let text = document.visibleText(of: heading.node, limit: 400)
            guard text.utf8.count >= 2 else { continue }
            let name = Wording.Name(text)
            let likeness = ready.map { $0.likeness(name) }.max() ?? 0
            let score = likeness + (heading.level == 1 ? 0.5 : 0) - Double(order) * 0.01
            if likeness >= 0.5 || (heading.level == 1 && names.isEmpty), score > best?.score ?? 0 {
                best = (heading.node, score)
            }
        }
        if let best { return best.node }
        if let named = texts(equalTo: names, survey) { return named }
        return survey.outline.headings.first { $0.level == 1 }?.node
    }

    /// What the page calls the product elsewhere, best first.
    private static func names(_ survey: Survey) -> [String] {
        var names: [String] = []
        if let name = survey.goodsJSON.main?.name { names.append(name) }
        if let name = survey.goodsItems.main?.name { names.append(name) }
        for name in ["og:title", "twitter:title"] {
            if let title = survey.data.meta(name) { names.append(title) }
        }
        if let title = survey.outline.title { names.append(title) }
        return names
    }

    /// The first visible text that is a product's name although it is no heading.
    private static func texts(equalTo names: [String], _ survey: Survey) -> Int? {
        let wanted = names.map { Wording.folded($0) }.filter { $0.utf8.count >= 6 }
        guard !wanted.isEmpty else { return nil }
        let document = survey.document
        for (index, node) in document.nodes.enumerated() where node.isText && !node.flags.contains(.hidden) {
            let length = document.withText(of: index) { $0.count }
            guard length >= 6, length <= 400 else { continue }
            let text = Wording.folded(document.text(of: index))
            guard text.utf8.count >= 6 else { continue }
            let isMatch = wanted.contains { $0 == text || ($0.hasPrefix(text) && 2 * text.utf8.count >= $0.utf8.count) }
            if isMatch { return index }
        }
        return nil
    }
}
