import Markup
import Model
import PluginAPI

/// What `#product-details` holds for scripts: the product as JSON, with the combination that the address names.
struct ProductData {
    private let json: JSONValue
    private static let path = "#product-details[data-product]"

    /// nil where the theme leaves it out.
    init?(_ document: Document) {
        let element =
            document.element(id: "product-details") ?? document.elements.first { $0.hasClass("js-product-details") }
        guard let text = element?["data-product"], let json = JSONParser.values(text).first, !json.members.isEmpty
        else {
            return nil
        }
        self.json = json
    }

    func price(_ currency: Currency?) -> Candidate? {
        guard let text = json["price_amount"]?.text, let value = Candidate.Value.price(data: text, in: currency) else {
            return nil
        }
        return candidate(value, "price_amount", text, 0.9)
    }

    func listPrice(above price: Money) -> Candidate? {
        for key in ["regular_price_amount", "price_without_reduction"] {
            guard let text = json[key]?.text,
                case .price(let before)? = Candidate.Value.price(data: text, in: price.currency),
                before.minor > price.minor
            else { continue }
            return candidate(.listPrice(before), key, text, 0.9)
        }
        return nil
    }

    /// Whether the shop shows this price to nobody, or to nobody who is not signed in.
    var hidesPrice: Bool { json["show_price"].map(Self.isOff) ?? false }

    var hidden: Candidate {
        let why = "The shop shows no price for the product."
        return candidate(
            .ambiguousPrice(why: why, readings: []),
            "show_price",
            json["show_price"]?.text ?? "false",
            0.9
        )
    }

    var stock: Candidate? {
        let known: [String: Availability] = [
            "available": .inStock, "last_remaining_items": .limited, "unavailable": .outOfStock,
            "in_stock": .inStock, "out_of_stock": .outOfStock,
        ]
        if let text = json["availability"]?.text, let value = known[text] {
            return candidate(.availability(value), "availability", text, 0.95)
        }
        guard let text = json["quantity"]?.text, let quantity = Int(text) else { return nil }
        if quantity > 0 { return candidate(.availability(.inStock), "quantity", text, 0.9) }
        // Where orders are taken without stock, or stock is not counted, no quantity says nothing.
        guard let allows = json["allow_oosp"], Self.isOff(allows) else { return nil }
        return candidate(.availability(.outOfStock), "quantity", text, 0.9)
    }

    var details: [Candidate] {
        var found: [Candidate] = []
        if let name = json["name"]?.text {
            let line = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if !line.isEmpty { found.append(candidate(.title(line), "name", line, 0.93)) }
        }
        if let source = json["cover"]?["large"]?["url"]?.text, let address = try? WebAddress(source) {
            found.append(candidate(.image(address.text), "cover.large", source, 0.95))
        }
        return found
    }

    /// The platform writes truth as `true`, `1` and `"1"`.
    private static func isOff(_ value: JSONValue) -> Bool {
        value.bool == false || value.text == "0" || value.text == ""
    }

    private func candidate(_ value: Candidate.Value, _ key: String, _ text: String, _ confidence: Double) -> Candidate {
        PrestaShop.candidate(value, at: "\(Self.path).\(key)", text: text, confidence: confidence)
    }
}
