import CCurl
import PluginAPI

/// Where one request goes, as libcurl's own parser reads the address, so that nothing is read in two ways.
struct ExchangeTarget: Hashable, Sendable {
    /// What libcurl is given; may hold credentials.
    let url: String
    /// The same without credentials and fragment, for answers.
    let shown: String
    /// Either `http` or `https`.
    let scheme: String
    /// Lower case; an IPv6 address without brackets, an IPv4 address in four decimal numbers; no dot at the end.
    let host: String
    let port: Int
    /// With the query, as it is sent; starts with `/`.
    let path: String

    /// A text of another scheme or of none is refused with a sentence.
    init(_ text: String) throws(ExchangeError) {
        self = try Self.read(text, from: nil)
    }

    /// Where a `Location` of an answer from here leads; it may be relative.
    func redirected(to location: String) throws(ExchangeError) -> Self {
        try Self.read(location, from: self)
    }

    /// Whether what was meant for `other` may be told to this one: the same host, and no less secret on the way.
    func mayKnowSecrets(of other: Self) -> Bool {
        guard host == other.host else { return false }
        if scheme == other.scheme { return port == other.port }
        return scheme == "https" && port == 443 && other.port == 80
    }

    /// `shop.example`, or with the port where it is not the scheme's own.
    var name: String {
        let bracketed = host.contains(":") ? "[\(host)]" : host
        return port == (scheme == "https" ? 443 : 80) ? bracketed : "\(bracketed):\(port)"
    }

    private init(url: String, shown: String, scheme: String, host: String, port: Int, path: String) {
        self.url = url
        self.shown = shown
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
    }

    private static func read(_ text: String, from base: Self?) throws(ExchangeError) -> Self {
        let problem = base.map { "\($0.name) redirects to an address that" } ?? "The address"
        guard text.utf8.count <= 16_384, !text.utf8.contains(0), let handle = curl_url() else {
            throw .refused("\(problem) is longer than 16,384 characters or holds a zero byte.")
        }
        defer { curl_url_cleanup(handle) }
        if let base { curl_url_set(handle, CURLUPART_URL, base.shown, 0) }
        // Spaces and letters beyond ASCII are percent-encoded, as browsers do; other schemes are told apart below.
        let flags = UInt32(CURLU_URLENCODE | CURLU_NON_SUPPORT_SCHEME)
        guard curl_url_set(handle, CURLUPART_URL, text, flags) == CURLUE_OK else {
            throw .refused("\(problem) cannot be read. It must look like https://shop.example/lamp.")
        }
        let scheme = part(CURLUPART_SCHEME, of: handle) ?? ""
        guard scheme == "http" || scheme == "https" else {
            throw .refused(
                "\(problem) begins with “\(scheme.prefix(40)):”; only http:// and https:// can be fetched."
            )
        }
        curl_url_set(handle, CURLUPART_FRAGMENT, nil, 0)
        guard let url = part(CURLUPART_URL, of: handle), var host = part(CURLUPART_HOST, of: handle)?.lowercased(),
            let port = part(CURLUPART_PORT, of: handle, UInt32(CURLU_DEFAULT_PORT)).flatMap({ Int($0) })
        else {
            throw .refused("\(problem) names no host. It must look like https://shop.example/lamp.")
        }
        curl_url_set(handle, CURLUPART_USER, nil, 0)
        curl_url_set(handle, CURLUPART_PASSWORD, nil, 0)
        let shown = part(CURLUPART_URL, of: handle) ?? ""
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        if host.hasSuffix(".") { host = String(host.dropLast()) }
        let query = part(CURLUPART_QUERY, of: handle).map { "?\($0)" } ?? ""
        let path = (part(CURLUPART_PATH, of: handle) ?? "/") + query
        return Self(url: url, shown: shown, scheme: scheme, host: host, port: port, path: path)
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer, _ flags: UInt32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, flags) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
