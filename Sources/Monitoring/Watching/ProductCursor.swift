import FoundationEssentials
import Model
import SQL
import Store

/// Where a page of a list begins: a product, not a number, so that nothing is shown twice or left out when products are
/// added or removed between two pages.
struct ProductCursor: Hashable, Sendable {
    let order: ProductSelection.Order
    let isBackwards: Bool
    /// The place in the whole list, from 1, of the first product beyond this cursor; backwards, of the last one.
    let position: Int
    let place: ProductPlace

    init(order: ProductSelection.Order, isBackwards: Bool, position: Int, place: ProductPlace) {
        self.order = order
        self.isBackwards = isBackwards
        self.position = position
        self.place = place
    }

    /// Throws `.invalid` for the field `cursor` unless `text` was made for the same order.
    init(_ text: String, order: ProductSelection.Order) throws(RequestError) {
        guard let cursor = Self.read(text, order: order) else {
            throw .invalid(
                field: "cursor",
                "The cursor is none that this list gave, or was given for another order. Leave it out to begin anew."
            )
        }
        self = cursor
    }

    /// Letters, digits, dots, dashes and underscores.
    var text: String {
        let key =
            switch place.key {
            case .integer(let number): String(number)
            case .text(let text): Self.encode(text)
            default: ""
            }
        return "\(order.rawValue).\(isBackwards ? "b" : "f").\(position).\(place.id).\(key)"
    }

    private static func read(_ text: String, order: ProductSelection.Order) -> ProductCursor? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, parts[0] == order.rawValue, parts[1] == "f" || parts[1] == "b",
            let position = Int(parts[2]), (0...1_000_000_000).contains(position),
            let id = ID<Product>(checking: parts[3])
        else { return nil }
        let key: Value? = order == .name ? decode(parts[4]).map(Value.text) : Int(parts[4]).map(Value.integer)
        return key.map { key in
            ProductCursor(
                order: order,
                isBackwards: parts[1] == "b",
                position: position,
                place: ProductPlace(key: key, id: id)
            )
        }
    }

    private static func encode(_ text: String) -> String {
        let plain = Data(text.utf8).base64EncodedString()
        return plain.reduce(into: "") { result, character in
            switch character {
            case "+": result += "-"
            case "/": result += "_"
            case "=": break
            default: result.append(character)
            }
        }
    }

    private static func decode(_ text: String) -> String? {
        guard text.utf8.count <= 4000 else { return nil }
        var plain = text.replacing("-", with: "+").replacing("_", with: "/")
        plain += String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        return Data(base64Encoded: plain).flatMap { String(validating: $0, as: UTF8.self) }
    }
}
