/// A JSON value whose numbers are kept as the text that stood there: a price is never a float.
package indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// As written: `19.90`, `1e3`.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// In the order of the text; a repeated key is kept twice and the first counts.
    case object([Member])

    package struct Member: Hashable, Sendable {
        package let key: String
        package let value: JSONValue

        package init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }
}

extension JSONValue {
    /// The value of a key, nil for anything but an object that has it.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// The values of an array, the value itself where it is no array, nothing for null.
    package var list: [JSONValue] {
        switch self {
        case .array(let values): values
        case .null: []
        default: [self]
        }
    }

    /// The text of a string or number, nil for everything else.
    package var text: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }

    package var members: [Member] {
        guard case .object(let members) = self else { return [] }
        return members
    }

    package var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }
}
