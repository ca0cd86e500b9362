import Markup
import Model
import PluginAPI

/// Turns the goods a page is about into candidates.
struct GoodsCandidates {
    let strategy: String
    /// How far its price is trusted alone.
    let trust: Double
    let survey: Survey

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

    /// The offer that the page shows first: the one whose address is the page's, else the first that can be bought.
    func chosen(_ offers: [Goods.Offer]) -> Goods.Offer? {
        let priced = offers.filter { $0.hasPrice && !isCrossedOut($0) }
        guard priced.count > 1 else { return priced.first ?? offers.first(where: \.hasPrice) }
        if let aggregate = priced.first(where: { $0.low != nil }),
            priced.allSatisfy({ $0.price == nil || $0.isAggregate })
        {
            return aggregate
        }
        let full = survey.address.text
        if full.contains("?"), let own = priced.first(where: { $0.address.flatMap { survey.absolute($0) } == full }) {
            return own
        }
        // What the page shows as the price is the price of what is chosen on it.
        let visible = survey.visible
        if visible.margin >= 0.5, let seen = visible.ranked.first, !seen.isLeast, let money = seen.money,
            let shown = priced.first(where: { $0.mayBe(money) && $0.money(survey) == money }),
            !isAnotherShown(of: priced, than: money)
        {
            return shown
        }
        let sellable = priced.first { AvailabilityText.read($0.availability)?.canBeBought == true }
        let first = priced[0]
        if AvailabilityText.read(first.availability)?.canBeBought == false, let sellable { return sellable }
        return first
    }

    /// Whether the page shows the price of another offer as well, and not as an old one.
    private func isAnotherShown(of offers: [Goods.Offer], than money: Money) -> Bool {
        let others = Set(survey.visible.spots.lazy.filter { !$0.isList && $0.score > 0 }.compactMap(\.money))
            .subtracting([money])
        // More on either side is no page about one product.
        return others.prefix(20).contains { other in
            offers.prefix(100).contains { $0.mayBe(other) && $0.money(survey) == other }
        }
    }

    private func isCrossedOut(_ offer: Goods.Offer) -> Bool {
        guard let node = offer.node else { return false }
        return survey.document.nodes[node].flags.contains(.struck)
    }

    private func prices(of goods: Goods) -> [Candidate] {
        guard let offer = chosen(goods.offers), let text = offer.price ?? offer.low else { return [] }
        var candidates: [Candidate] = []
        guard let price = StructuredPrice.read(text, currency: offer.currency, survey) else { return [] }
        let different = Set(goods.offers.compactMap { $0.price ?? $0.low }).count
        let doubt = different > 1 ? 0.9 : 1
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

    private func availability(of goods: Goods) -> [Candidate] {
        let offers = goods.offers.filter { $0.availability != nil }
        let read = offers.compactMap { offer in AvailabilityText.read(offer.availability).map { (offer, $0) } }
        // Any variant that can be bought makes the product one that can.
        guard let best = read.first(where: { $0.1.canBeBought == true }) ?? read.first else { return [] }
        let text = best.0.availability ?? ""
        return [.init(.availability(best.1), strategy: strategy, path: best.0.path, text: text, confidence: 0.8)]
    }
}

extension Goods.Offer {
    /// Whether the text begins with the same digit, which rules out most of many offers without reading them.
    fileprivate func mayBe(_ money: Money) -> Bool {
        let first = (price ?? low)?.utf8.first { $0 >= 0x31 && $0 <= 0x39 || $0 >= 0x80 }
        return first.map { $0 >= 0x80 || $0 == money.decimal.utf8.first { $0 >= 0x31 && $0 <= 0x39 } } ?? false
    }

    /// nil where it is no certain price.
    fileprivate func money(_ survey: Survey) -> Money? {
        guard let text = price ?? low,
            case .price(let money)? = StructuredPrice.read(text, currency: currency, survey)?.value
        else { return nil }
        return money
    }
}
