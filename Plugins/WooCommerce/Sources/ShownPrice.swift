import Markup
import Model
import PluginAPI

/// The price as the template shows it: `p.price`, the old one in `del`, the new one in `ins`.
struct ShownPrice {
    private let part: ProductPart
    private let context: PriceText.Context
    /// What the page names to machines, else what the sign beside its prices means there; nil where neither tells.
    let currency: Currency?

    init(_ part: ProductPart, page: Page) {
        self.part = part
        let named = NamedCurrency.find(page.document)?.currency
        let language = page.document.root?["lang"]
        let context = PriceText.Context(
            // WordPress writes `en-US` where nobody chose: that makes no dollar one of the United States.
            locale: named == nil && language == "en-US" ? nil : language,
            defaultCurrency: named,
            topLevelDomain: page.address.host
        )
        let sign = page.document.elements.first { $0.hasClass("woocommerce-Price-currencySymbol") }
        self.context = context
        currency = named ?? sign.flatMap { PriceText.currency($0.visibleText(limit: 20), in: context) }
    }

    /// Price and old price; nothing where the page shows none.
    var prices: [Candidate] {
        guard let line else { return [] }
        let amounts = amounts(in: line)
        guard !amounts.isEmpty else { return none(line) }
        let struck = amounts.filter(\.isStruck)
        let current = amounts.filter { !$0.isStruck }
        guard let value = Candidate.Value.price(ofAny: current.map(\.value)) else { return [] }
        let text = Set(current.map(\.text)).count == 1 ? current[0].text : current.map(\.text).joined(separator: " – ")
        var found = [WooCommerce.candidate(value, at: "p.price", text: text, confidence: 0.92)]
        if case .price(let now) = value {
            for old in struck {
                guard case .price(let before) = old.value, before.currency == now.currency, before.minor > now.minor
                else { continue }
                found.append(
                    WooCommerce.candidate(.listPrice(before), at: "p.price del", text: old.text, confidence: 0.93)
                )
                break
            }
        }
        return found
    }

    private struct Amount {
        let value: Candidate.Value
        let text: String
        let isStruck: Bool
    }

    /// The template's line; themes made of blocks have another.
    private var line: Element? {
        part.all { $0.is(.p) && $0.hasClass("price") }.first
            ?? part.all { $0.hasClass("wc-block-components-product-price") }.first
    }

    /// Every price in it, but not what it is without taxes or per unit.
    private func amounts(in line: Element) -> [Amount] {
        line.descendants.filter { $0.hasClass("woocommerce-Price-amount") }.compactMap { element in
            let around = Array(element.ancestors.prefix { $0.index != line.index })
            guard !around.contains(where: { $0.hasClass("woocommerce-price-suffix") || $0.hasClass("price-unit") })
            else { return nil }
            let text = element.visibleText(limit: 60)
            guard let value = Candidate.Value.price(shown: text, in: context) else { return nil }
            return Amount(value: value, text: text, isStruck: around.contains { $0.is(.del) })
        }
    }

    /// An empty line and nothing to put into a cart: the shop has set no price.
    private func none(_ line: Element) -> [Candidate] {
        guard line.visibleText(limit: 10).isEmpty, part.all({ $0.is(.form) && $0.hasClass("cart") }).isEmpty else {
            return []
        }
        let why = "The shop has set no price for the product."
        return [
            WooCommerce.candidate(.ambiguousPrice(why: why, readings: []), at: "p.price", text: "", confidence: 0.8)
        ]
    }
}
