import CHiredis

/// What the server answered.
enum RedisReply: Hashable, Sendable {
    case null
    case number(Int)
    /// Bytes that are no UTF-8 are replaced by U+FFFD.
    case text(String)
    case list([RedisReply])
    /// A refusal that stands inside of an answer or is one.
    case failure(String)

    init(_ reply: UnsafePointer<redisReply>) {
        let content = reply.pointee
        switch content.type {
        case REDIS_REPLY_INTEGER: self = .number(Int(content.integer))
        case REDIS_REPLY_STRING, REDIS_REPLY_STATUS: self = .text(Self.text(content))
        case REDIS_REPLY_ERROR: self = .failure(Self.text(content))
        case REDIS_REPLY_ARRAY:
            self = .list(
                (0..<content.elements).map { number in
                    content.element[number].map { RedisReply(UnsafePointer($0)) } ?? .null
                }
            )
        default: self = .null
        }
    }

    private static func text(_ content: redisReply) -> String {
        guard let start = content.str else { return "" }
        return start.withMemoryRebound(to: UInt8.self, capacity: content.len) { bytes in
            String(decoding: UnsafeBufferPointer(start: bytes, count: content.len), as: UTF8.self)
        }
    }

    // MARK: As what a script is known to give back; anything else counts as nothing.

    var isNull: Bool { self == .null }

    var text: String? {
        switch self {
        case .text(let text): text
        case .number(let number): "\(number)"
        case .null, .list, .failure: nil
        }
    }

    var number: Int? {
        switch self {
        case .number(let number): number
        // Scores come as text, and with a fraction where somebody else wrote one.
        case .text(let text): Int(text) ?? Double(text).flatMap { $0.isFinite ? Int($0) : nil }
        case .null, .list, .failure: nil
        }
    }

    var list: [RedisReply] { if case .list(let list) = self { list } else { [] } }

    /// Names and values, one after the other.
    var fields: [String: String] {
        let words = list.map { $0.text ?? "" }
        return Dictionary(stride(from: 0, to: words.count - 1, by: 2).map { (words[$0], words[$0 + 1]) }) { $1 }
    }

    subscript(place: Int) -> RedisReply {
        let list = list
        return list.indices.contains(place) ? list[place] : .null
    }
}
