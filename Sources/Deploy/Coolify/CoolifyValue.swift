import FoundationEssentials

/// A value as Coolify sends and takes it: any JSON.
///
/// Its answers are read loosely, since a number may come as text and a list as an object; what is sent is written as
/// it is wanted.
package enum CoolifyValue: Hashable, Sendable {
    case null
    case flag(Bool)
    case number(Int)
    case fraction(Double)
    case text(String)
    case list([CoolifyValue])
    case object([String: CoolifyValue])

    /// nil for what is no JSON.
    package init?(json: [UInt8]) {
        guard let value = try? JSONDecoder().decode(CoolifyValue.self, from: Data(json)) else { return nil }
        self = value
    }

    /// Keys in alphabetical order: the same value gives the same bytes.
    package func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }

    /// The field of an object; nil where it is missing or null.
    package subscript(_ field: String) -> CoolifyValue? {
        guard case .object(let fields) = self, let value = fields[field], value != .null else { return nil }
        return value
    }

    /// One word for a scalar, so that `8080` and `"8080"` are the same; nil for null, lists and objects.
    package var word: String? {
        switch self {
        case .flag(let value): value ? "true" : "false"
        case .number(let value): "\(value)"
        case .fraction(let value): "\(value)"
        case .text(let value): value
        case .null, .list, .object: nil
        }
    }

    /// Whether it is true; PHP says `1` and `"1"` too.
    package var isTrue: Bool { word == "true" || word == "1" }

    /// The elements of a list, and of an object whose keys are the places in a list, as Coolify makes it from a list of
    /// which something was left out.
    package var elements: [CoolifyValue] {
        switch self {
        case .list(let values): values
        case .object(let fields):
            fields.compactMap { key, value in Int(key).map { ($0, value) } }.sorted { $0.0 < $1.0 }.map(\.1)
        default: []
        }
    }
}

extension CoolifyValue: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // In this order, for each of them reads what the ones before it are.
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .flag(value)
        } else if let value = try? container.decode(Int.self) {
            self = .number(value)
        } else if let value = try? container.decode(Double.self) {
            self = .fraction(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([CoolifyValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: CoolifyValue].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .fraction(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

extension CoolifyValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
    package init(booleanLiteral value: Bool) { self = .flag(value) }
    package init(integerLiteral value: Int) { self = .number(value) }
}
