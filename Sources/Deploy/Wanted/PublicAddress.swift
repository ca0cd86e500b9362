/// Under which names an environment is reached from outside.
package struct PublicAddress: Hashable, Sendable {
    /// Of the web application: `https://prices.example.com`.
    package let web: String
    /// Of Coolify, for its dashboard and for webhooks: `https://coolify.prices.example.com`.
    package let dashboard: String
    /// Of the web application, without scheme.
    package let host: String

    /// `domain` is the operator's own; without one sslip.io answers with the machine's `address` for a name that holds it.
    ///
    /// Only names that the whole world can reach get a certificate, so a machine that only this network reaches is spoken
    /// to without.
    package init(domain: String?, address: String) {
        host = domain ?? "\(address.replacing(":", with: "-")).sslip.io"
        let scheme = domain != nil || !Self.isPrivate(address) ? "https" : "http"
        web = "\(scheme)://\(host)"
        dashboard = "\(scheme)://coolify.\(host)"
    }

    /// The addresses that every network has for itself (RFC 1918, RFC 6598, RFC 4193) and those of links.
    private static func isPrivate(_ address: String) -> Bool {
        let parts = address.split(separator: ".").compactMap { Int($0) }
        guard parts.count == 4 else {
            let start = address.lowercased()
            return start.hasPrefix("fc") || start.hasPrefix("fd") || start.hasPrefix("fe80")
        }
        return switch (parts[0], parts[1]) {
        case (10, _), (127, _), (192, 168), (169, 254): true
        case (172, 16...31), (100, 64...127): true
        default: false
        }
    }
}
