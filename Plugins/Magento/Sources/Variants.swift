import Markup
import Model
import PluginAPI

/// The variants of a configurable product.
struct Variants {
    private let currency: Currency?
    /// Number and prices of those that fit the address, all where it names none.
    private let fitting: [(number: String, prices: JSONValue)]

    /// nil where the settings hold none.
    init?(_ settings: JSONValue, _ address: WebAddress, _ currency: Currency?) {
        self.currency = currency
        let all = (settings["optionPrices"]?.members ?? []).map { (number: $0.key, prices: $0.value) }
        guard !all.isEmpty else { return nil }
        var left = Set(all.map(\.number))
        for (attribute, value) in Self.chosen(address, settings) {
            let options = attribute["options"]?.list ?? []
            let option = options.first {
                $0["id"]?.text == value || $0["label"]?.text?.lowercased() == value.lowercased()
            }
            guard let products = option?["products"]?.list.compactMap(\.text), !products.isEmpty else { continue }
            left.formIntersection(products)
        }
        // Choices of another time fit nothing any more.
        fitting = left.isEmpty ? all : all.filter { left.contains($0.number) }
    }

    /// What parameters of the address choose, named by an attribute's number or code: `?color=56`, `?93=56`.
    private static func chosen(_ address: WebAddress, _ settings: JSONValue) -> [(JSONValue, String)] {
        let attributes = settings["attributes"]?.members.map(\.value) ?? []
        return address.parameters.compactMap { parameter in
            let attribute = attributes.first {
                $0["id"]?.text == parameter.name || $0["code"]?.text == parameter.name
            }
            return attribute.map { ($0, parameter.value) }
        }
    }

    /// One price where all that fit have the same, else the list of them; nil where they name none.
    var prices: [Candidate]? {
        let stated = fitting.compactMap { variant -> (number: String, text: String, value: Candidate.Value)? in
            guard let text = variant.prices["finalPrice"]?["amount"]?.text,
                let value = Candidate.Value.price(data: text, in: currency)
            else { return nil }
            return (variant.number, text, value)
        }
        guard let first = stated.first, let value = Candidate.Value.price(ofAny: stated.map(\.value)) else {
            return nil
        }
        if case .ambiguousPrice = value {
            let text = stated.map(\.text).joined(separator: ", ")
            return [Magento.candidate(value, at: "optionPrices", text: text, confidence: 0.9)]
        }
        let path = "optionPrices[\(first.number)]"
        var found = [Magento.candidate(value, at: "\(path).finalPrice", text: first.text, confidence: 0.93)]
        let old = fitting.first { $0.number == first.number }?.prices["oldPrice"]?["amount"]?.text
        if case .price(let now) = value, let old,
            case .price(let before)? = Candidate.Value.price(data: old, in: currency), before.minor > now.minor
        {
            found.append(Magento.candidate(.listPrice(before), at: "\(path).oldPrice", text: old, confidence: 0.93))
        }
        return found
    }
}
