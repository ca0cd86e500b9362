import Markup
import Model
import PluginAPI

/// The part of a page that shows its one product: everything but what is related, bought together or in menus.
struct ProductPart {
    /// The element with the classes `product` and `type-product`; the whole page where a theme leaves them out.
    private let element: Element

    /// nil on pages of other kinds.
    init?(_ document: Document) {
        guard let body = document.elements.first(where: { $0.is(.body) }), body.hasClass("single-product") else {
            return nil
        }
        element = body.descendants.first { Self.isWrapper($0) && !Self.isOther($0, upTo: body.index) } ?? body
    }

    /// Whether the page is the platform's: other systems call pages `single-product` too.
    static func isOfPlatform(_ document: Document) -> Bool {
        guard let body = document.elements.first(where: { $0.is(.body) }), body.hasClass("single-product") else {
            return false
        }
        return body.hasClass("woocommerce") || body.hasClass("woocommerce-page")
            || body.descendants.contains { isWrapper($0) && !isOther($0, upTo: body.index) }
    }

    private static func isWrapper(_ element: Element) -> Bool {
        element.hasClass("type-product") && element.hasClass("product")
    }

    /// What is inside and about this product, in document order.
    func all(_ matches: (Element) -> Bool) -> [Element] {
        element.descendants.filter { matches($0) && !Self.isOther($0, upTo: element.index) }
    }

    /// Whether it belongs to another product: those stand in lists.
    private static func isOther(_ element: Element, upTo limit: Int) -> Bool {
        var around: Element? = element
        while let next = around, next.index != limit {
            if next.is(.li), next.hasClass("product") || next.hasClass("wc-block-product") { return true }
            for name in ["related", "upsells", "up-sells", "cross-sells", "widget", "mini_cart"] as [StaticString]
            where next.hasClass(name) {
                return true
            }
            around = next.parent
        }
        return false
    }

    var name: Candidate? {
        guard let heading = all({ $0.hasClass("product_title") || $0.is(.h1) }).first else { return nil }
        let text = heading.visibleText(limit: 1000)
        return text.isEmpty
            ? nil : WooCommerce.candidate(.title(text), at: ".product_title", text: text, confidence: 0.95)
    }

    /// By the classes of the line about stock, else of the product itself; its words are the shop's own.
    var stock: Candidate? {
        let line = all { $0.is(.p) && $0.hasClass("stock") }.first
        if let line, let found = stock(line, at: "p.stock", text: line.visibleText(limit: 200)) { return found }
        return stock(element, at: ".product", text: element["class"] ?? "")
    }

    private func stock(_ element: Element, at path: String, text: String) -> Candidate? {
        let known: [(StaticString, Availability)] = [
            ("out-of-stock", .outOfStock), ("outofstock", .outOfStock), ("available-on-backorder", .backorder),
            ("onbackorder", .backorder), ("in-stock", .inStock), ("instock", .inStock),
        ]
        guard let (name, value) = known.first(where: { element.hasClass($0.0) }) else { return nil }
        return WooCommerce.candidate(.availability(value), at: "\(path).\(name)", text: text, confidence: 0.93)
    }
}
