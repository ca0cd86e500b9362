import Markup
import Model
import PluginAPI

/// Whether the page itself sells the product, new: only then is a price on it the product's.
struct OwnOffer {
    private let document: Document
    /// The product cannot be bought from anyone.
    let isOut: Bool
    /// Only others sell it, or only used ones are sold: what they ask stands on a page of its own.
    let isMissing: Bool

    init(_ document: Document) {
        self.document = document
        isOut = document.element(id: "outOfStock") != nil
        let isBoxed = Self.hasButton(document)
        isMissing =
            document.element(id: "usedOnlyBuybox") != nil
            || (!isBoxed && Self.marks.contains { document.element(id: $0) != nil })
    }

    /// The button that leads to the list of all sellers, and the box that holds it where there is no other.
    private static let marks = [
        "buybox-see-all-buying-choices", "buybox-see-all-buying-choices-announce", "unqualifiedBuyBox",
    ]

    private static func hasButton(_ document: Document) -> Bool {
        ["add-to-cart-button", "buy-now-button", "one-click-button"].contains { id in
            document.elements(id: id).contains { $0["disabled"] == nil }
        } || BuyBox.fileButton(document) != nil
    }

    /// That nothing on the page is the price; nil where that is not said.
    ///
    /// Where it is out of stock, that alone says enough.
    var none: Candidate? {
        guard isMissing, !isOut else { return nil }
        let mark = (["usedOnlyBuybox"] + Self.marks).first { document.element(id: $0) != nil } ?? "buybox"
        let text = document.element(id: "availability")?.visibleText(limit: 200) ?? ""
        let why = "Only other sellers offer it, or only used ones are offered: the page names no price of its own."
        return Amazon.candidate(
            .ambiguousPrice(why: why, readings: []),
            at: "#\(mark)",
            text: text.isEmpty ? document.element(id: mark)?.visibleText(limit: 100) ?? "" : text,
            confidence: 0.9
        )
    }

    /// By the parts that are there, for the words are of every language.
    func stock(isPriced: Bool) -> Candidate? {
        let text = document.elements(id: "availability").map { $0.visibleText(limit: 200) }.first { !$0.isEmpty } ?? ""
        if isOut {
            return Amazon.candidate(.availability(.outOfStock), at: "#outOfStock", text: text, confidence: 0.95)
        }
        guard isPriced, Self.hasButton(document) else { return nil }
        return Amazon.candidate(.availability(.inStock), at: "#add-to-cart-button", text: text, confidence: 0.93)
    }
}
