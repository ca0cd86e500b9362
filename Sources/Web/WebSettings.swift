/// What the web pages need to know about where they stand.
package struct WebSettings: Sendable {
    /// The address people reach this installation at, without a path and a slash at its end: `https://prices.example`;
    /// nil when none was set.
    ///
    /// Decides whether cookies are `Secure` and which origin may send forms.
    package var publicURL: String?
    /// Addresses of proxies whose `X-Forwarded-For` is believed, as text: `127.0.0.1`, `10.0.0.0/8`.
    package var trustedProxies: [String]
    /// The address to listen at.
    package var address: String
    /// 0 lets the system choose.
    package var port: Int
    package var limits = WebLimits()

    package init(
        publicURL: String? = nil,
        trustedProxies: [String] = [],
        address: String = "127.0.0.1",
        port: Int = 8080
    ) {
        self.publicURL = publicURL
        self.trustedProxies = trustedProxies
        self.address = address
        self.port = port
    }

    /// Whether people come over TLS.
    var isSecure: Bool { publicURL?.lowercased().hasPrefix("https://") ?? false }
}
