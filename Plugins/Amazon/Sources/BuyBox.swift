import Markup
import Model
import PluginAPI

/// The part of the page that sells: what a new piece costs, bought once.
struct BuyBox {
    private let document: Document
    private let context: PriceText.Context

    init(_ document: Document, context: PriceText.Context) {
        self.document = document
        self.context = context
    }

    /// Where the price is shown, surest first; the later ones are of older layouts.
    private static let places = [
        "corePrice_feature_div", "corePriceDisplay_desktop_feature_div", "corePrice_desktop", "apex_desktop",
        "corePriceDisplay_mobile_feature_div", "corePrice_mobile_feature_div", "priceblock_dealprice",
        "priceblock_saleprice", "priceblock_ourprice", "price_inside_buybox", "newBuyBoxPrice", "buyNewSection",
        "kindle-price",
    ]

    /// The button that buys music as files names the price itself; its name ends in the product's number.
    static func fileButton(_ document: Document) -> Element? {
        // A page about a disc shows the button too, beside its own.
        guard document.element(id: "dmusicProductTitle_feature_div") != nil else { return nil }
        return document.elements.first { $0["id"]?.hasPrefix("dmusic_digital_buy_button_buyBox_") == true }
    }

    /// Where the page's forms and scripts keep it.
    private static let kept = ["attach-base-product-price", "twister-plus-price-data-price", "priceValue"]

    /// The price that is shown, else the one that the page's data states; nil where there is none.
    ///
    /// `isStated` is false where the data is not to be trusted without a price that is shown.
    func price(isStated: Bool) -> Candidate? {
        let stated = statedPrice
        guard let shown = shownPrice else { return isStated ? stated : nil }
        guard let stated, stated.value == shown.value else { return shown }
        return Amazon.candidate(shown.value, at: shown.path, text: shown.text, confidence: 0.95)
    }

    private var shownPrice: Candidate? {
        for id in Self.places {
            for place in document.elements(id: id) where isForOneNewPiece(place) {
                guard let found = price(in: place) else { continue }
                return Amazon.candidate(found.value, at: "#\(id)", text: found.text, confidence: 0.92)
            }
        }
        guard let button = Self.fileButton(document) else { return nil }
        let bold = button.descendants.first { $0.hasClass("a-text-bold") } ?? button
        return price(in: bold).map { found in
            Amazon.candidate(found.value, at: "#\(button["id"] ?? "")", text: found.text, confidence: 0.92)
        }
    }

    private func price(in place: Element) -> (value: Candidate.Value, text: String)? {
        let prices = place.descendants.filter { $0.hasClass("a-price") && isPrice($0, in: place) }
        guard !prices.isEmpty else {
            // With prices of its own that are all something else, it has none.
            guard !place.descendants.contains(where: { $0.hasClass("a-price") }) else { return nil }
            let text = place.visibleText(limit: 60)
            return value(of: text).map { ($0, text) }
        }
        let main = prices.first { $0.hasClass("priceToPay") || $0.hasClass("apexPriceToPay") } ?? prices[0]
        if let range = main.ancestors.prefix(4).first(where: { $0.hasClass("a-price-range") }) {
            let texts = range.descendants.filter { $0.hasClass("a-price") }.map(PriceSpan.text)
            let text = texts.joined(separator: " – ")
            return value(of: text).map { ($0, text) }
        }
        let text = PriceSpan.text(of: main)
        return value(of: text).map { ($0, text) }
    }

    /// Not crossed out, not per kilogram, not a rate, not kept for another choice.
    private func isPrice(_ price: Element, in place: Element) -> Bool {
        guard price["data-a-strike"] == nil, price["data-a-size"] != "mini" else { return false }
        var around: Element? = price
        while let next = around, next.index != place.index {
            for name in ["pricePerUnit", "basisPrice", "aok-hidden", "a-hidden"] as [StaticString]
            where next.hasClass(name) {
                return false
            }
            let id = next["id"] ?? ""
            if id.contains("nstallment") || id.contains("radeIn") || id.hasPrefix("sns") { return false }
            around = next.parent
        }
        return true
    }

    /// Whether the place is not in the row of the buy box that sells used ones, rents, or sends one every month.
    private func isForOneNewPiece(_ place: Element) -> Bool {
        let names = [place["data-csa-c-slot-id"]] + place.ancestors.prefix(40).map { $0["id"] }
        return !names.contains { name in
            ["used", "sns", "rent", "subscri"].contains { name?.lowercased().hasPrefix($0) == true }
        }
    }

    private func value(of text: String) -> Candidate.Value? {
        let ends = text.replacing("–", with: "-").split(separator: "-", maxSplits: 1).compactMap { end in
            Candidate.Value.price(shown: String(end), in: context)
        }
        if ends.count == 2, case .price(let low) = ends[0], case .price(let high) = ends[1], low != high {
            let why = "The price is \(low.displayText) to \(high.displayText), as long as no variant is chosen."
            return .ambiguousPrice(why: why, readings: [low.decimal, high.decimal])
        }
        return Candidate.Value.price(shown: text, in: context)
    }

    private var statedPrice: Candidate? {
        for element in document.elements {
            guard let text = element["data-asin-price"] else { continue }
            if let found = stated(text, at: "[data-asin-price]") { return found }
        }
        for id in Self.kept {
            if let text = document.element(id: id)?["value"], let found = stated(text, at: "#\(id)") { return found }
        }
        return nil
    }

    private func stated(_ text: String, at path: String) -> Candidate? {
        guard case .price(let money)? = Candidate.Value.price(data: text, in: context.defaultCurrency) else {
            return nil
        }
        return Amazon.candidate(.price(money), at: path, text: text, confidence: 0.85)
    }

    /// The price that is crossed out beside it, where it is higher.
    func listPrice(above price: Money) -> Candidate? {
        for id in Self.places {
            for place in document.elements(id: id) where isForOneNewPiece(place) {
                let struck = place.descendants.filter { $0.hasClass("a-price") && $0["data-a-strike"] == "true" }
                for span in struck {
                    if let found = listPrice(PriceSpan.text(of: span), at: "#\(id) [data-a-strike]", above: price) {
                        return found
                    }
                }
            }
        }
        let older =
            document.elements(id: "listPrice") + document.elements(id: "priceblock_listprice")
            + document.elements.filter { $0.hasClass("priceBlockStrikePriceString") }
        for element in older {
            let path = element["id"].map { "#\($0)" } ?? ".priceBlockStrikePriceString"
            if let found = listPrice(element.visibleText(limit: 60), at: path, above: price) { return found }
        }
        return nil
    }

    private func listPrice(_ text: String, at path: String, above price: Money) -> Candidate? {
        guard case .price(let money)? = Candidate.Value.price(shown: text, in: context),
            money.currency == price.currency, money.minor > price.minor
        else { return nil }
        return Amazon.candidate(.listPrice(money), at: path, text: text, confidence: 0.92)
    }
}
