import Markup
import Model
import PluginAPI

/// What is asked for it, in the seller's currency: what it comes to in the visitor's is only an estimate.
struct Offer {
    private let document: Document
    private let context: PriceText.Context

    init(_ page: Page) {
        document = page.document
        let domain = page.address.ending(after: "ebay")
        // Dollars of other countries are marked: `AU $`, `C $`.
        let home =
            domain == "com"
            ? Currency(code: "USD") : domain.flatMap { Region.region(topLevelDomain: $0)?.currency }
        context = PriceText.Context(
            locale: page.document.root?["lang"],
            defaultCurrency: NamedCurrency.find(page.document)?.currency ?? home,
            topLevelDomain: domain
        )
    }

    /// The price to buy it now; of an auction without one, the highest bid so far.
    var price: Candidate? {
        for id in ["mm-saleDscPrc", "prcIsum"] {
            if let element = document.element(id: id), let found = price(of: element, at: "#\(id)", 0.92) {
                return found
            }
        }
        for around in ["x-bin-price", "x-bid-price", "x-price-section"] as [StaticString] {
            for block in document.elements where block.hasClass(around) {
                guard let main = block.descendants.first(where: { $0.hasClass("x-price-primary") }) else { continue }
                if let found = price(of: main, at: ".\(around) .x-price-primary", 0.92) { return found }
            }
        }
        if let bid = document.element(id: "prcIsum_bidPrice") { return price(of: bid, at: "#prcIsum_bidPrice", 0.92) }
        return document.elements.first { $0.hasClass("x-price-primary") }
            .flatMap { price(of: $0, at: ".x-price-primary", 0.85) }
    }

    /// eBay alone writes Canada's dollar as `C $`.
    private func value(of text: String) -> Candidate.Value? {
        let named = text.hasPrefix("C $") ? "CAD \(text.dropFirst(3))" : text
        return Candidate.Value.price(shown: named, in: context)
    }

    /// That `content` says the same as the text makes it surer.
    private func price(of element: Element, at path: String, _ trust: Double) -> Candidate? {
        let text = element.visibleText(limit: 80)
        guard let value = value(of: text) else { return nil }
        let content = ([element] + element.descendants.prefix(20)).lazy.compactMap { $0["content"] }.first
        var isConfirmed = false
        if case .price(let money) = value, let content {
            isConfirmed = Candidate.Value.price(data: content, in: money.currency) == value
        }
        return Ebay.candidate(value, at: path, text: text, confidence: isConfirmed ? 0.96 : trust)
    }

    /// The crossed-out price beside it, where it is higher.
    func listPrice(above price: Money) -> Candidate? {
        let older = ["mm-saleOrgPrc", "orgPrc"].compactMap { document.element(id: $0) }
        let newer = document.elements.filter { element in
            element.hasClass("ux-textspans--STRIKETHROUGH")
                && element.ancestors.contains { $0.hasClass("x-price-section") }
        }
        for element in older + newer {
            let text = element.visibleText(limit: 60)
            guard case .price(let before)? = value(of: text),
                before.currency == price.currency, before.minor > price.minor
            else { continue }
            let path = element["id"].map { "#\($0)" } ?? ".ux-textspans--STRIKETHROUGH"
            return Ebay.candidate(.listPrice(before), at: path, text: text, confidence: 0.92)
        }
        return nil
    }

    /// To where the visitor seems to be.
    var shipping: Candidate? {
        let newer = document.elements.first { $0.hasClass("ux-labels-values--shipping") }?.descendants
            .first { $0.hasClass("ux-textspans--BOLD") }
        guard let element = document.element(id: "fshippingCost") ?? newer else { return nil }
        let text = element.visibleText(limit: 80)
        // What is sent for nothing says so in words of every language.
        guard case .price(let money)? = value(of: text) else { return nil }
        let path = element["id"].map { "#\($0)" } ?? ".ux-labels-values--shipping"
        return Ebay.candidate(.shipping(money), at: path, text: text, confidence: 0.85)
    }
}
