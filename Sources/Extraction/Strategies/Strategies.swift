import Model
import PluginAPI

/// The generic ways of reading, each on its own.
enum Strategies {
    static func candidates(_ survey: Survey) -> [Candidate] {
        let tags = OpenGraphStrategy.candidates(survey)
        let (json, items) = (survey.goodsJSON.main, survey.goodsItems.main)
        // Where one way of reading finds several prices, another may know which of them counts.
        let stated =
            tags.compactMap(\.price)
            + [json, items].compactMap { $0.flatMap { OfferChoice($0.offers, survey, stated: [])?.price } }
        var candidates: [Candidate] = []
        if let json {
            candidates += GoodsCandidates(strategy: "json-ld", trust: 0.72, survey: survey, stated: stated)
                .candidates(of: json)
        }
        if let items {
            let strategy = items.path.hasPrefix("rdfa") ? "rdfa" : "microdata"
            candidates += GoodsCandidates(strategy: strategy, trust: 0.66, survey: survey, stated: stated)
                .candidates(of: items)
        }
        candidates += tags
        candidates += VisibleStrategy.candidates(survey, named: candidates.compactMap(\.price))
        return candidates
    }
}

extension Candidate {
    /// nil where it is no price or no certain one.
    fileprivate var price: Money? { if case .price(let money) = value { money } else { nil } }
}
