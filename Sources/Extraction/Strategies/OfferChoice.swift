import Markup
import Model
import PluginAPI

/// Which of a product's offers the page shows: the one whose address is the page's, whose price is seen or known from
/// elsewhere, the least where the page sums them up; or any where all that can be bought cost the same.
struct OfferChoice {
    /// The one that counts; where nothing decides, the first that can be bought.
    let offer: Goods.Offer
    /// The prices of all that can be bought, where nothing decides and they differ; else empty.
    let open: [Money]
    /// nil where nothing decides, and for what is no certain price.
    let price: Money?

    /// nil where no offer has a price.
    ///
    /// `stated` are the prices that other ways of reading are sure of.
    init?(_ offers: [Goods.Offer], _ survey: Survey, stated: [Money]) {
        var priced = offers.filter { $0.text != nil && !$0.isCrossedOut(survey) }
        // New and by the piece, where it can be had so.
        if priced.contains(where: { !$0.isSpecial }) { priced.removeAll(where: \.isSpecial) }
        guard let first = priced.first ?? offers.first(where: { $0.text != nil }) else { return nil }
        guard priced.count > 1 else {
            (offer, open, price) = (first, [], first.money(survey))
            return
        }
        if let decided = Self.decided(priced, survey, stated) {
            (offer, open, price) = (decided, [], decided.money(survey))
            return
        }
        let sellable = priced.filter { AvailabilityText.read($0.availability)?.canBeBought != false }
        let pool = sellable.isEmpty ? priced : sellable
        var known: Set<Money> = []
        let prices = pool.prefix(Self.most).compactMap { $0.money(survey) }.filter { known.insert($0).inserted }
        // What the shop's own scripts reckon with is what it shows.
        let reckoned = prices.filter { survey.stated.support($0) == .strong }
        if prices.count == 1 || reckoned.count == 1, let only = reckoned.first ?? prices.first {
            (offer, open, price) = (pool.first { $0.money(survey) == only } ?? pool[0], [], only)
        } else {
            (offer, open, price) = (pool[0], prices, nil)
        }
    }

    /// No more offers are read one by one.
    private static let most = 100

    /// The offer for which the page itself speaks.
    private static func decided(_ priced: [Goods.Offer], _ survey: Survey, _ stated: [Money]) -> Goods.Offer? {
        if let aggregate = priced.first(where: { $0.low != nil }),
            priced.allSatisfy({ $0.price == nil || $0.isAggregate })
        {
            return aggregate
        }
        let full = survey.address.text
        if full.contains("?"), let own = priced.first(where: { $0.address.flatMap { survey.absolute($0) } == full }) {
            return own
        }
        func offer(at money: Money) -> Goods.Offer? { priced.first { $0.mayBe(money) && $0.money(survey) == money } }
        // What the page shows as the price is the price of what is chosen on it.
        let visible = survey.visible
        if visible.margin >= 0.5, let seen = visible.ranked.first, !seen.isLeast, let money = seen.money,
            let shown = offer(at: money), !isAnotherShown(of: priced, than: money, survey)
        {
            return shown
        }
        for money in stated {
            if let named = offer(at: money) { return named }
        }
        // What the shop itself gives as the price of all together: the least.
        return priced.first { $0.low != nil }
    }

    /// Whether the page shows the price of another offer as well, and not as an old one.
    private static func isAnotherShown(of offers: [Goods.Offer], than money: Money, _ survey: Survey) -> Bool {
        // The entries of a choice are all that could be chosen.
        let spots = survey.visible.spots.lazy.filter {
            !$0.isList && $0.score > 0 && !survey.document.isChoice($0.node)
        }
        let others = Set(spots.compactMap(\.money)).subtracting([money])
        // More on either side is no page about one product.
        return others.prefix(20).contains { other in
            offers.prefix(most).contains { $0.mayBe(other) && $0.money(survey) == other }
        }
    }
}

extension Document {
    fileprivate func isChoice(_ node: Int) -> Bool {
        nodes[node].is(.option) || nodes[node].parent >= 0 && nodes[Int(nodes[node].parent)].is(.option)
    }
}

extension Goods.Offer {
    /// What stands there as its price.
    var text: String? { price ?? low }

    fileprivate func isCrossedOut(_ survey: Survey) -> Bool {
        node.map { survey.document.nodes[$0].flags.contains(.struck) } ?? false
    }

    /// Whether the text begins with the same digit, which rules out most of many offers without reading them.
    fileprivate func mayBe(_ money: Money) -> Bool {
        let first = text?.utf8.first { $0 >= 0x31 && $0 <= 0x39 || $0 >= 0x80 }
        return first.map { $0 >= 0x80 || $0 == money.decimal.utf8.first { $0 >= 0x31 && $0 <= 0x39 } } ?? false
    }

    /// nil where it is no certain price.
    fileprivate func money(_ survey: Survey) -> Money? {
        guard let text, case .price(let money)? = StructuredPrice.read(text, currency: currency, survey)?.value else {
            return nil
        }
        return money
    }
}
