/// One HTTP request, as whoever asks for it describes it.
package struct HTTPRequest: Hashable, Sendable {
    package enum Method: String, Sendable {
        case get = "GET", post = "POST", put = "PUT", delete = "DELETE", patch = "PATCH"
    }

    package var method: Method
    /// An absolute http or https address.
    package var url: String
    package var headers: HTTPHeaders
    /// Sent as it is, with a `Content-Length`.
    package var body: [UInt8]
    /// Whether it goes over a connection of its own, past those that are open already.
    package var isFresh: Bool

    package init(
        method: Method = .get,
        url: String,
        headers: HTTPHeaders = [:],
        body: [UInt8] = [],
        isFresh: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.isFresh = isFresh
    }
}
