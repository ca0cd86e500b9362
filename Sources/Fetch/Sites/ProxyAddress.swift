import CCurl

/// A proxy that the operator set: not guarded, and its user name and password are never shown.
package struct ProxyAddress: Hashable, Sendable {
    /// What libcurl is given; may hold credentials.
    let url: String
    /// As in `http://proxy.example:3128`; without credentials.
    package let shown: String
    /// Whether the proxy is always the one that resolves names.
    package let alwaysResolves: Bool

    /// Why a text is not the address of a proxy; completes “it …”, without quoting it, for it may hold a password.
    package struct Problem: Error, Hashable, CustomStringConvertible {
        package let description: String
    }

    private static let ports = ["http": 80, "https": 443, "socks5": 1080, "socks5h": 1080]

    /// Reads `http://…`, `https://…`, `socks5://…` and `socks5h://…`.
    package init(_ text: String) throws(Problem) {
        guard text.utf8.count <= 4096, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }), let handle = curl_url() else {
            throw Problem(description: "must not hold spaces. Write http://user:password@proxy.example:3128.")
        }
        defer { curl_url_cleanup(handle) }
        guard text.contains("://"),
            curl_url_set(handle, CURLUPART_URL, text, UInt32(CURLU_NON_SUPPORT_SCHEME)) == CURLUE_OK
        else {
            throw Problem(
                description: "cannot be read as the address of a proxy. Write http://user:password@proxy.example:3128; "
                    + "characters such as @ and / in the password as %40 and %2F."
            )
        }
        let scheme = Self.part(CURLUPART_SCHEME, of: handle)?.lowercased() ?? ""
        guard let standard = Self.ports[scheme] else {
            throw Problem(
                description: "begins with “\(scheme.prefix(20))://”; a proxy is http://, https://, socks5:// or "
                    + "socks5h://."
            )
        }
        guard let host = Self.part(CURLUPART_HOST, of: handle), !host.isEmpty else {
            throw Problem(description: "names no host. Write http://user:password@proxy.example:3128.")
        }
        let path = Self.part(CURLUPART_PATH, of: handle) ?? "/"
        guard path == "/", Self.part(CURLUPART_QUERY, of: handle) == nil else {
            throw Problem(description: "has a path. Write the address without one: \(scheme)://host:port.")
        }
        url = text
        let port = Self.part(CURLUPART_PORT, of: handle) ?? "\(standard)"
        shown = "\(scheme)://\(host.lowercased()):\(port)"
        alwaysResolves = scheme == "socks5h"
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}

extension ProxyAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { shown }
    package var debugDescription: String { shown }
    /// Without the credentials, which would be printed with the rest.
    package var customMirror: Mirror { Mirror(self, children: ["shown": shown]) }
}
