/// One HTTP answer, after redirects, with its body decoded from gzip, brotli or zstd.
package struct HTTPResponse: Hashable, Sendable {
    /// 100…599.
    package var status: Int
    package var headers: HTTPHeaders
    package var body: [UInt8]
    /// The address that answered, after redirects.
    package var url: String

    package init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = [], url: String) {
        self.status = status
        self.headers = headers
        self.body = body
        self.url = url
    }
}
