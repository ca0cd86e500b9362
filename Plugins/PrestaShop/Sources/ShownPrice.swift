import Markup
import Model
import PluginAPI

/// The prices that the theme shows for the page's own product.
struct ShownPrice {
    private let document: Document
    private let context: PriceText.Context

    init(_ document: Document, _ context: PriceText.Context) {
        self.document = document
        self.context = context
    }

    /// Of `.current-price`, or of `#our_price_display` in themes for 1.6.
    var price: Candidate? {
        if let older = document.element(id: "our_price_display") { return price(of: older, at: "#our_price_display") }
        for block in document.elements where block.hasClass("current-price") && isOwn(block) {
            let inside = [block] + Array(block.descendants)
            let named = inside.first { $0["content"] != nil } ?? inside.first { $0.hasClass("current-price-value") }
            if let found = price(of: named ?? block, at: ".current-price") { return found }
        }
        return nil
    }

    /// The crossed-out price beside it, where it is higher.
    func listPrice(above price: Money) -> Candidate? {
        let older = document.element(id: "old_price_display").map { [$0] } ?? []
        for element in older + document.elements.filter({ $0.hasClass("regular-price") && isOwn($0) }) {
            let text = element.visibleText(limit: 60)
            guard case .price(let before)? = Candidate.Value.price(shown: text, in: context),
                before.currency == price.currency, before.minor > price.minor
            else { continue }
            return PrestaShop.candidate(.listPrice(before), at: ".regular-price", text: text, confidence: 0.94)
        }
        return nil
    }

    /// `content` holds the bare amount, which is rounded only where it is shown.
    private func price(of element: Element, at path: String) -> Candidate? {
        let text = element.visibleText(limit: 60)
        let shown = Candidate.Value.price(shown: text, in: context)
        let stated = element["content"].flatMap { Candidate.Value.price(data: $0, in: context.defaultCurrency) }
        guard let value = shown ?? stated else { return nil }
        return PrestaShop.candidate(
            value,
            at: path,
            text: shown == nil ? element["content"] ?? "" : text,
            confidence: shown == stated ? 0.94 : 0.9
        )
    }

    /// Not of a product in a list, nor of what is bought together.
    private func isOwn(_ element: Element) -> Bool {
        !element.ancestors.contains {
            $0.hasClass("product-miniature") || $0.hasClass("product-pack") || $0.is(.li)
                || $0.hasClass("blockcart") || $0.hasClass("product-accessories")
        }
    }
}
