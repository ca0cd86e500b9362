import Markup
import Model
import PluginAPI

/// The variants of a product, which the form to choose among them holds as JSON.
struct Variations {
    private let currency: Currency?
    /// Those that fit what is chosen, all where nothing is.
    private let fitting: [JSONValue]

    /// nil where the form has none: for a simple product, and for one with so many that a script fetches them.
    init?(_ part: ProductPart, page: Page, currency: Currency?) {
        guard let form = part.all({ $0.is(.form) && $0["data-product_variations"] != nil }).first,
            let text = form["data-product_variations"],
            case .array(let all)? = JSONParser.values(text).first, !all.isEmpty
        else { return nil }
        self.currency = currency
        let asked = Dictionary(
            page.address.parameters.filter { $0.name.hasPrefix("attribute_") }.map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
        let chosen = asked.merging(Self.preselected(form)) { asked, _ in asked }
        let fitting = all.filter { Self.fits($0, chosen) }
        // An address of an earlier choice of variants is no reason to give up.
        self.fitting = fitting.isEmpty ? all : fitting
    }

    /// What the shop has chosen beforehand.
    private static func preselected(_ form: Element) -> [String: String] {
        var chosen: [String: String] = [:]
        for select in form.descendants where select.is(.select) {
            guard let name = select["name"], name.hasPrefix("attribute_") else { continue }
            let option = select.descendants.first { $0.is(.option) && $0["selected"] != nil }
            if let value = option?["value"], !value.isEmpty { chosen[name] = value }
        }
        return chosen
    }

    /// An attribute that a variation leaves empty fits any choice.
    private static func fits(_ variation: JSONValue, _ chosen: [String: String]) -> Bool {
        (variation["attributes"]?.members ?? []).allSatisfy { attribute in
            guard let wanted = chosen[attribute.key], let value = attribute.value.text, !value.isEmpty else {
                return true
            }
            return value.lowercased() == wanted.lowercased()
        }
    }

    /// One price where all that fit have the same, else the list of them.
    var prices: [Candidate] {
        let stated = fitting.enumerated().compactMap { index, variation -> (Int, String, Candidate.Value)? in
            guard let text = variation["display_price"]?.text,
                let value = Candidate.Value.price(data: text, in: currency)
            else { return nil }
            return (index, text, value)
        }
        guard let (index, text, _) = stated.first, let value = Candidate.Value.price(ofAny: stated.map(\.2)) else {
            return []
        }
        if case .ambiguousPrice = value {
            return [candidate(value, index, "display_price", stated.map(\.1).joined(separator: ", "), 0.9)]
        }
        var found = [candidate(value, index, "display_price", text, 0.93)]
        if case .price(let now) = value, let text = fitting[index]["display_regular_price"]?.text,
            case .price(let before)? = Candidate.Value.price(data: text, in: currency), before.minor > now.minor
        {
            found.append(candidate(.listPrice(before), index, "display_regular_price", text, 0.94))
        }
        return found
    }

    /// Whether any that fits can be bought.
    var stock: Candidate {
        let index = fitting.firstIndex { $0["is_in_stock"]?.bool != false && $0["is_purchasable"]?.bool != false }
        let text = fitting[index ?? 0]["is_in_stock"]?.bool.map { "\($0)" } ?? ""
        return candidate(.availability(index == nil ? .outOfStock : .inStock), index ?? 0, "is_in_stock", text, 0.94)
    }

    private func candidate(_ value: Candidate.Value, _ index: Int, _ key: String, _ text: String, _ confidence: Double)
        -> Candidate
    {
        let number = fitting[index]["variation_id"]?.text ?? "\(index)"
        return WooCommerce.candidate(
            value,
            at: "data-product_variations[\(number)].\(key)",
            text: text,
            confidence: confidence
        )
    }
}
