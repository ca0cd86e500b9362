import FoundationEssentials
import Markup
import Model

extension JSONValue {
    /// nil when it is no JSON: a page's is forgiven much, but another program's file is one thing or another.
    init?(strictly bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        // Whether it decodes is all that is asked.
        guard (try? JSONDecoder().decode(Anything.self, from: Data(bytes))) != nil,
            let value = bytes.withUnsafeBufferPointer({ JSONParser.values($0) }).first
        else { return nil }
        self = value
    }

    private struct Anything: Decodable {
        init(from decoder: any Decoder) throws {}
    }
}

/// JSON of another program, of which nothing is certain: what is not there is as good as null.
extension JSONValue? {
    subscript(key: String) -> JSONValue? { self?[key] }

    /// Of a text or a number, without spaces around it; nil when that is nothing.
    var word: String? { self?.text?.trimmingWhitespace().nonEmpty }

    var whole: Int? { word.flatMap { Int($0) ?? Double($0).flatMap { Int(exactly: $0.rounded(.down)) } } }

    var isTrue: Bool { self == .bool(true) }

    /// Neither null, false, 0 nor without content.
    var isSet: Bool {
        switch self {
        case .null, nil: false
        case .bool(let value): value
        case .number(let text): Double(text) != 0
        case .string(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object(let members): !members.isEmpty
        }
    }
}

extension String {
    var nonEmpty: String? { isEmpty ? nil : self }
}
