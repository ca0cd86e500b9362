import Markup
import Model
import PluginAPI

/// Turns the goods a page is about into candidates.
struct GoodsCandidates {
    let strategy: String
    /// How far its price is trusted alone.
    let trust: Double
    let survey: Survey
    /// The prices that other ways of reading are sure of.
    let stated: [Money]

    func candidates(of goods: Goods) -> [Candidate] {
        var candidates: [Candidate] = []
        if let name = goods.name, !name.isEmpty {
            candidates.append(.init(.title(name), strategy: strategy, path: goods.path, text: name, confidence: 0.9))
        }
        if let image = goods.image, let address = survey.absolute(image) {
            candidates.append(
                .init(.image(address), strategy: strategy, path: goods.path, text: image, confidence: 0.9)
            )
        }
        candidates += prices(of: goods)
        candidates += availability(of: goods)
        if let seller = goods.offers.first?.seller?.trimmedLine, !seller.isEmpty {
            let path = goods.offers.first?.path ?? goods.path
            candidates.append(.init(.seller(seller), strategy: strategy, path: path, text: seller, confidence: 0.7))
        }
        return candidates
    }

    private func prices(of goods: Goods) -> [Candidate] {
        guard let choice = OfferChoice(goods.offers, survey, stated: stated), let text = choice.offer.text,
            let price = StructuredPrice.read(text, currency: choice.offer.currency, survey)
        else { return [] }
        let offer = choice.offer
        if choice.open.count > 1 {
            let value = Self.several(choice.open)
            return [.init(value, strategy: strategy, path: offer.path, text: text, confidence: trust)]
        }
        var candidates: [Candidate] = []
        let doubt = Set(goods.offers.compactMap(\.text)).count > 1 ? 0.9 : 1
        let named = price.isCurrencyNamed ? 1 : 0.8
        candidates.append(
            .init(price.value, strategy: strategy, path: offer.path, text: text, confidence: trust * doubt * named)
        )
        if let list = offer.listPrice,
            case .price(let money)? = StructuredPrice.read(list, currency: offer.currency, survey)?.value
        {
            candidates.append(
                .init(.listPrice(money), strategy: strategy, path: offer.path, text: list, confidence: 0.9)
            )
        }
        return candidates
    }

    /// Prices between which nothing decides, two or more.
    private static func several(_ prices: [Money]) -> Candidate.Value {
        var names = prices.prefix(5).map(\.displayText)
        if prices.count > 5 { names.append("\(prices.count - 5) more") }
        let words = names.dropLast().joined(separator: ", ") + " and \(names[names.count - 1])"
        return .ambiguousPrice(
            why: "The page offers it at \(words), and nothing says which one is chosen.",
            readings: prices.map(\.decimal)
        )
    }

    private func availability(of goods: Goods) -> [Candidate] {
        let offers = goods.offers.filter { $0.availability != nil }
        let read = offers.compactMap { offer in AvailabilityText.read(offer.availability).map { (offer, $0) } }
        // Any variant that can be bought makes the product one that can.
        guard let best = read.first(where: { $0.1.canBeBought == true }) ?? read.first else { return [] }
        let text = best.0.availability ?? ""
        return [.init(.availability(best.1), strategy: strategy, path: best.0.path, text: text, confidence: 0.8)]
    }
}
