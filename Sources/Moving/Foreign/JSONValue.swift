import FoundationEssentials
import Model

/// JSON of another program, of which nothing is certain.
enum JSONValue: Hashable, Sendable, Decodable {
    case null
    case bool(Bool)
    /// As it is written shortest: `10.99`.
    case number(String)
    case text(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // Each kind is tried; only the last failure means anything.
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .number("\(value)")
        } else if let value = try? container.decode(Double.self) {
            self = .number("\(value)")
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// nil when it is no JSON.
    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else { return nil }
        self = value
    }

    /// `.null` for what is not there.
    subscript(name: String) -> JSONValue {
        guard case .object(let members) = self else { return .null }
        return members[name] ?? .null
    }

    var members: [String: JSONValue] {
        guard case .object(let members) = self else { return [:] }
        return members
    }

    /// Of a text or a number, without spaces around it; nil when that is nothing.
    var word: String? {
        switch self {
        case .text(let text): text.trimmingWhitespace().nonEmpty
        case .number(let text): text
        default: nil
        }
    }

    var whole: Int? { word.flatMap { Int($0) ?? Double($0).flatMap { Int(exactly: $0.rounded(.down)) } } }

    var isTrue: Bool { self == .bool(true) }

    /// Neither null, false, 0 nor without content.
    var isSet: Bool {
        switch self {
        case .null: false
        case .bool(let value): value
        case .number(let text): Double(text) != 0
        case .text(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object(let members): !members.isEmpty
        }
    }
}

extension String {
    var nonEmpty: String? { isEmpty ? nil : self }
}
