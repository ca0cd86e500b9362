import Model
import PluginAPI

/// The generic ways of reading, each on its own.
enum Strategies {
    static func candidates(_ survey: Survey) -> [Candidate] {
        var candidates: [Candidate] = []
        if let main = survey.goodsJSON.main {
            candidates += GoodsCandidates(strategy: "json-ld", trust: 0.72, survey: survey).candidates(of: main)
        }
        if let main = survey.goodsItems.main {
            let strategy = main.path.hasPrefix("rdfa") ? "rdfa" : "microdata"
            candidates += GoodsCandidates(strategy: strategy, trust: 0.66, survey: survey).candidates(of: main)
        }
        candidates += OpenGraphStrategy.candidates(survey)
        let named = candidates.compactMap { if case .price(let money) = $0.value { money } else { nil } }
        candidates += VisibleStrategy.candidates(survey, named: named)
        return candidates
    }
}
