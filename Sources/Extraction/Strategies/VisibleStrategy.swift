import Markup
import Model
import PluginAPI

/// Reads what a person sees: the price near the product's name, the old price beside it, what is said about stock.
enum VisibleStrategy {
    static let name = "visible"

    /// `named` are the prices that other ways of reading give.
    static func candidates(_ survey: Survey, named: [Money]) -> [Candidate] {
        var candidates: [Candidate] = []
        let visible = survey.visible
        if let best = visible.ranked.first {
            let isAlone = isAlone(best, survey) && named.allSatisfy { $0 == best.money }
            let trust = trust(best, margin: visible.margin, isAlone: isAlone, survey)
            candidates.append(candidate(best, trust, survey))
            if let rival = visible.rival, visible.margin < 1 {
                candidates.append(candidate(rival, trust * max(0.3, 1 - visible.margin), survey))
            }
        }
        if let anchor = survey.anchor {
            let title = survey.document.visibleText(of: anchor, limit: 500)
            if !title.isEmpty {
                candidates.append(
                    .init(.title(title), strategy: name, path: path(survey, anchor), text: title, confidence: 0.7)
                )
            }
        }
        if let stock = VisibleStock.read(survey) { candidates.append(stock) }
        return candidates
    }

    private static func candidate(_ spot: PriceSpot, _ trust: Double, _ survey: Survey) -> Candidate {
        let value: Candidate.Value =
            switch spot.amount {
            case .money(let money): .price(money)
            case .doubtful(let why, let readings): .ambiguousPrice(why: why, readings: readings)
            }
        return .init(value, strategy: name, path: path(survey, spot.node), text: spot.text, confidence: trust)
    }

    /// 0…0.7 by the score and by how far the next one is behind; up to 0.9 where no other amount could be meant.
    private static func trust(_ best: PriceSpot, margin: Double, isAlone: Bool, _ survey: Survey) -> Double {
        let byScore = min(1, max(0, best.score / 5))
        let byMargin = min(1, max(0, margin / 2))
        var trust = 0.25 + 0.25 * byScore + 0.2 * byMargin
        if isAlone { trust = 0.8 + 0.1 * byScore }
        if survey.anchor == nil { trust -= 0.1 }
        if survey.currency?.isNamed == false {
            // What the text itself names needs no guess.
            let bare = PriceText.Context(locale: survey.locale, topLevelDomain: survey.topLevelDomain)
            if PriceText.currency(best.text, in: bare) == nil { trust *= 0.8 }
        }
        return trust
    }

    /// Whether it is called a price, stands by itself on a page that names its product, and no other amount that can be
    /// seen could be the price.
    private static func isAlone(_ best: PriceSpot, _ survey: Survey) -> Bool {
        survey.anchor != nil && survey.visible.rival == nil && best.score >= 1.7 && best.words.contains(.price)
            && !best.isLeast && !best.hasCondition && (!best.isPart || SpotText.isPerPiece(best.text))
            && !isInSentence(best, survey) && !survey.isKeptHidden(best.node)
    }

    /// Whether other text stands directly beside the price: “orders under £75.00 incur a surcharge”.
    private static func isInSentence(_ spot: PriceSpot, _ survey: Survey) -> Bool {
        let document = survey.document
        let parent = Int(document.nodes[spot.node].parent)
        guard parent >= 0 else { return false }
        var (child, length) = (parent + 1, 0)
        while child < Int(document.nodes[parent].end) {
            let node = document.nodes[child]
            if child != spot.node, node.isText { length += survey.outline.visibleBytes(in: node, at: child) }
            child = max(child + 1, Int(node.end))
        }
        return length > 20
    }

    /// A CSS path of at most four steps.
    static func path(_ survey: Survey, _ node: Int) -> String {
        let document = survey.document
        var steps: [String] = []
        var next = document.nodes[node].isText ? Int(document.nodes[node].parent) : node
        while next >= 0, steps.count < 4 {
            let element = Element(document, next)
            var step = element.name
            if let id = element["id"], !id.isEmpty, id.utf8.count <= 40, !id.contains(where: \.isWhitespace) {
                steps.append("\(step)#\(id)")
                break
            }
            if let first = element["class"]?.split(whereSeparator: \.isWhitespace).first, first.utf8.count <= 40 {
                step += ".\(first)"
            }
            steps.append(step)
            next = Int(document.nodes[next].parent)
        }
        return steps.reversed().joined(separator: " > ")
    }
}
