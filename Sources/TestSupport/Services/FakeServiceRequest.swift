import FoundationEssentials
import Markup
import Model

/// A request as a strict server reads it.
struct FakeServiceRequest {
    let method: HTTPRequest.Method
    let path: String
    let query: String
    let headers: HTTPHeaders
    let body: [UInt8]
    /// nil where the body is no JSON object, or is not said to be one.
    let json: JSONValue?

    init(_ request: HTTPRequest) {
        method = request.method
        let address = try? WebAddress(request.url)
        let target = address?.target ?? ""
        path = String(target.prefix { $0 != "?" })
        query = String(target.dropFirst(path.count + 1))
        headers = request.headers
        body = request.body
        let text = String(decoding: request.body, as: UTF8.self)
        let isJSON = request.headers["Content-Type"] == "application/json"
        // The reader below forgives what a server would not.
        let isWellFormed = isJSON && (try? CanonicalJSON.text(text)) != nil && text.hasPrefix("{")
        json = isWellFormed ? JSONParser.values(text).first : nil
    }

    /// The fields of a form; nil where the body is none.
    var form: [String: String]? {
        guard headers["Content-Type"] == "application/x-www-form-urlencoded" else { return nil }
        var fields: [String: String] = [:]
        for pair in String(decoding: body, as: UTF8.self).split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let value = FormText.decoded(parts[1]) else { return nil }
            guard fields.updateValue(value, forKey: String(parts[0])) == nil else { return nil }
        }
        return fields
    }
}

extension JSONValue {
    /// The first key that is none of `known`; nil where all are, and for anything but an object.
    func unknownKey(_ known: Set<String>) -> String? { members.map(\.key).first { !known.contains($0) } }

    /// The text of a string; nil for a number too.
    var string: String? { if case .string(let text) = self { text } else { nil } }

    /// Whether it is missing, or an http or https address.
    static func isAddress(_ value: JSONValue?) -> Bool {
        guard let value else { return true }
        return value.string.flatMap { try? WebAddress($0) } != nil
    }
}
