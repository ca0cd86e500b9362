import FoundationEssentials
package import Model

extension HTTPRequest {
    /// A `POST` of JSON with its keys in alphabetical order: the same value gives the same bytes.
    package static func post(
        _ url: String,
        headers: HTTPHeaders = [:],
        json value: some Encodable
    ) throws -> HTTPRequest {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var headers = headers
        headers["Content-Type"] = "application/json"
        return HTTPRequest(method: .post, url: url, headers: headers, body: Array(try encoder.encode(value)))
    }
}
