import Hummingbird
import Model
import Monitoring

/// The fields of a submitted form.
struct Form: Sendable {
    private let values: [String: String]

    init(_ values: [String: String]) {
        self.values = values
    }

    /// Reads the body; `RequestError.invalid` when it is too long or no form.
    init(_ request: Request, context: WebContext) async throws {
        let type = request.headers[.contentType]?.lowercased() ?? ""
        guard type.hasPrefix("application/x-www-form-urlencoded") else {
            throw RequestError.invalid(field: "body", "The request is not a form.")
        }
        let body = try await request.wholeBody(context)
        self.init(query: String(buffer: body))
    }

    /// `name=value&…`, percent-encoded; the last value of a name wins.
    init(query: some StringProtocol) {
        var values: [String: String] = [:]
        for pair in query.split(separator: "&").prefix(500) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first else { continue }
            values[Self.decode(name)] = parts.count == 2 ? Self.decode(parts[1]) : ""
        }
        self.values = values
    }

    /// Without white space around it; empty when the form has no such field.
    subscript(name: String) -> String { values[name]?.trimmingWhitespace() ?? "" }

    /// Exactly what was sent: passwords may begin and end with spaces.
    func raw(_ name: String) -> String { values[name] ?? "" }

    /// The fields whose name begins with `prefix`, by the rest of their name.
    func fields(prefixed prefix: String) -> [String: String] {
        var found: [String: String] = [:]
        for (name, value) in values where name.hasPrefix(prefix) {
            found[String(name.dropFirst(prefix.count))] = value.trimmingWhitespace()
        }
        return found
    }

    private static func decode(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == 0x2b {
                bytes.append(0x20)
            } else if byte == 0x25, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
                rest.count >= 2
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        // A zero byte has no business in any field and confuses C libraries below.
        return String(decoding: bytes.filter { $0 != 0 }, as: UTF8.self)
    }
}
