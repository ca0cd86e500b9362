// What goes over a browser's debugging pipe, as far as it is used here.

/// A screen that a page is shown on.
struct Screen: Hashable {
    let isPhone: Bool
    let isDark: Bool

    static let all = [false, true].flatMap { phone in [false, true].map { Screen(isPhone: phone, isDark: $0) } }

    var width: Int { isPhone ? 390 : 1280 }
    var height: Int { isPhone ? 844 : 860 }
    /// Pixels for each point.
    var scale: Int { isPhone ? 2 : 1 }
    var name: String { "\(isPhone ? "phone" : "desktop")-\(isDark ? "dark" : "light")" }
}

/// A value in a call's parameters.
enum Value: Encodable, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([Value])
    case object([String: Value])

    init(stringLiteral text: String) { self = .text(text) }
    init(booleanLiteral flag: Bool) { self = .flag(flag) }
    init(arrayLiteral values: Value...) { self = .list(values) }
    init(dictionaryLiteral members: (String, Value)...) { self = .object(Dictionary(members) { $1 }) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .list(let values): try container.encode(values)
        case .object(let members): try container.encode(members)
        }
    }
}

struct Call: Encodable {
    let id: Int
    let method: String
    let params: [String: Value]
    let sessionId: String?
}

/// An answer, or an event.
struct Reply: Decodable {
    let id: Int?
    let result: Outcome?
    let error: Failure?
    let method: String?
    let params: Event?

    struct Failure: Decodable { let message: String }

    struct Outcome: Decodable {
        var targetId: String?
        var sessionId: String?
        var errorText: String?
        var data: String?
        var result: Evaluated?
    }

    struct Evaluated: Decodable { let value: String? }

    struct Event: Decodable {
        let requestId: String?
        let request: Request?
        let entry: Entry?
    }

    struct Request: Decodable { let url: String }

    struct Entry: Decodable {
        let text: String
        let url: String?
    }
}
