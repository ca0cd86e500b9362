import Markup
import Model
import PluginAPI

/// What a page shows about its own product; the prices of others stand in the same markup with other numbers.
struct ProductPart {
    private let document: Document
    /// The product's number; nil where no form names it.
    private let number: String?

    init(_ document: Document) {
        self.document = document
        let form = document.element(id: "product_addtocart_form")
        let isNumber = { (element: Element) in element.is(.input) && element["name"] == "product" }
        let input = form?.descendants.first(where: isNumber) ?? document.elements.first(where: isNumber)
        number = input?["value"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Price and old price; of a bundle, both ends.
    func prices(_ currency: Currency?, shown context: PriceText.Context) -> [Candidate] {
        let own = document.elements.filter { $0["data-price-type"] != nil && isOwn($0) }
        func amount(_ type: String) -> Amount? {
            own.lazy.filter { $0["data-price-type"] == type }.compactMap { Amount($0, currency, context) }.first
        }
        guard let final = amount("finalPrice") else {
            guard let low = amount("minPrice") else { return [] }
            let ends = [low] + [amount("maxPrice")].compactMap(\.self)
            return [low.candidate(Candidate.Value.price(ofAny: ends.map(\.value)) ?? low.value, at: "minPrice")]
        }
        var found = [final.candidate(final.value, at: "finalPrice")]
        if case .price(let now) = final.value, let old = amount("oldPrice"), case .price(let before) = old.value,
            before.minor > now.minor
        {
            found.append(old.candidate(.listPrice(before), at: "oldPrice"))
        }
        return found
    }

    /// A price as the element's data states it.
    private struct Amount {
        let value: Candidate.Value
        let text: String
        /// Whether the text inside says the same.
        let isShown: Bool

        init?(_ element: Element, _ currency: Currency?, _ context: PriceText.Context) {
            guard let text = element["data-price-amount"],
                let value = Candidate.Value.price(data: text, in: currency)
            else { return nil }
            self.value = value
            self.text = text
            isShown = Candidate.Value.price(shown: element.visibleText(limit: 60), in: context) == value
        }

        func candidate(_ value: Candidate.Value, at type: String) -> Candidate {
            let trust = isShown ? 0.96 : 0.9
            return Magento.candidate(value, at: "[data-price-type=\(type)]", text: text, confidence: trust)
        }
    }

    /// By the product's number, which the price or the box around it carries; where nothing is numbered, by the part of
    /// the page.
    private func isOwn(_ price: Element) -> Bool {
        if price["data-price-type"] == "finalPrice" || price["data-price-type"] == "oldPrice",
            let number, price["id"]?.hasSuffix("-\(number)") == true
        {
            return true
        }
        for around in price.ancestors {
            // Of several pieces, what each costs.
            if around.hasClass("prices-tier") || around.hasClass("tier-price") { return false }
            if let box = around["data-product-id"], let number { return box == number }
            if around.hasClass("product-item") || around.hasClass("product-items") { return false }
            if around.hasClass("product-info-main") { return number == nil || price["id"]?.isEmpty != false }
        }
        return false
    }

    var name: Candidate? {
        guard let element = document.elements.first(where: { $0["data-ui-id"] == "page-title-wrapper" }) else {
            return nil
        }
        let text = element.visibleText(limit: 1000)
        return text.isEmpty
            ? nil : Magento.candidate(.title(text), at: "[data-ui-id=page-title-wrapper]", text: text, confidence: 0.9)
    }

    /// By the class of the line about stock, else by the button that puts it into the cart.
    var stock: Candidate? {
        let part = document.elements.first { $0.hasClass("product-info-main") }
        let line = part?.descendants.first { $0.hasClass("stock") && !Self.isInList($0) }
        let text = line?.visibleText(limit: 200) ?? ""
        if line?.hasClass("unavailable") == true {
            return Magento.candidate(.availability(.outOfStock), at: ".stock.unavailable", text: text, confidence: 0.94)
        }
        if line?.hasClass("available") == true {
            return Magento.candidate(.availability(.inStock), at: ".stock.available", text: text, confidence: 0.92)
        }
        guard let button = document.element(id: "product-addtocart-button") else { return nil }
        return Magento.candidate(
            .availability(.inStock),
            at: "#product-addtocart-button",
            text: button["title"] ?? button.visibleText(limit: 100),
            confidence: 0.85
        )
    }

    private static func isInList(_ element: Element) -> Bool {
        element.ancestors.contains { $0.hasClass("product-item") || $0.is(.table) }
    }
}
