import Model
import PluginAPI

/// Brings the candidates' verdict and the kind of page together into one outcome.
struct PageJudgement {
    let survey: Survey
    let status: Int
    let pluginCandidates: [Candidate]
    /// What a plugin had to say about the page.
    let note: String?

    func reading() -> Reading {
        if pluginCandidates.isEmpty, let challenge = Challenge.find(survey, status: status) {
            return Reading(outcome: challenge.outcome, note: challenge.note)
        }
        if let failure = AnswerStatus.failure(status) { return failure }
        let generic = Strategies.candidates(survey).filter { pluginDenial == nil || !Self.isPrice($0.value) }
        let candidates = pluginCandidates + generic
        let verdict = Judge(survey: survey, candidates: candidates, plugin: pluginCandidates.first?.strategy).verdict()
        var reading = Reading(
            outcome: .ok,
            title: verdict.title,
            availability: verdict.availability,
            image: verdict.image,
            evidence: candidates.map { Evidence($0) },
            note: note
        )
        (reading.outcome, reading.note) = outcome(verdict)
        if reading.outcome == .ok || reading.outcome == .outOfStock { fill(&reading, verdict) }
        return reading
    }

    private func fill(_ reading: inout Reading, _ verdict: Judge.Verdict) {
        reading.price = verdict.price
        reading.priceText = verdict.priceText
        reading.listPrice = verdict.listPrice
        reading.listPriceText = verdict.listPriceText
        reading.seller = verdict.seller
        reading.shipping = verdict.shipping
        reading.strategy = verdict.price == nil ? nil : verdict.strategy
        reading.confidence = verdict.price == nil ? 0 : verdict.confidence
    }

    private func outcome(_ verdict: Judge.Verdict) -> (Outcome, String?) {
        let kind = PageKind(survey)
        let isOut = verdict.availability.canBeBought == false
        if let pluginDenial { return (isOut ? .outOfStock : .noPrice, note ?? pluginDenial) }
        if !pluginCandidates.contains(where: { Self.isPrice($0.value) }) {
            if kind.isNamedArticle { return (.notAProduct, Self.article) }
            if kind.isPlace {
                return (.notAProduct, "The page is about a place, not about a product that can be bought.")
            }
            if kind.isListing { return (.listing, Self.listing) }
            if kind.isArticle { return (.notAProduct, Self.article) }
        }
        if verdict.price != nil { return (isOut ? .outOfStock : .ok, isOut ? (note ?? outNote) : note) }
        if let doubt = verdict.doubt { return (.ambiguous, doubt) }
        if isOut, kind.isProduct || kind.saysOutOfStock { return (.outOfStock, note ?? outNote) }
        if kind.isShell {
            return (.needsBrowser, "The page is empty until its scripts run, so a browser is needed to read it.")
        }
        if kind.isProduct { return (.noPrice, note ?? "The page shows a product but no price that can be read.") }
        if kind.isSorted { return (.listing, Self.listing) }
        return (.notAProduct, note ?? "The page shows nothing that is for sale.")
    }

    private static let listing = "The page shows many products. Open the one to watch and use its own address."
    private static let article = "The page is an article, not a product that can be bought here."

    /// What a plugin says in place of a price: that nothing on the page is one, or that it cannot be bought.
    ///
    /// Then no price that merely stands somewhere counts. nil where it names a price, or several.
    private var pluginDenial: String? {
        var denial: String?
        for candidate in pluginCandidates {
            switch candidate.value {
            case .price: return nil
            case .ambiguousPrice(let why, let readings):
                guard readings.isEmpty else { return nil }
                denial = why
            case .availability(let value) where value.canBeBought == false && candidate.confidence >= 0.95:
                denial = denial ?? outNote
            default: break
            }
        }
        return denial
    }

    private static func isPrice(_ value: Candidate.Value) -> Bool {
        switch value {
        case .price, .ambiguousPrice: true
        default: false
        }
    }

    private var outNote: String { "The product cannot be bought at the moment." }
}
