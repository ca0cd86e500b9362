package import Model
import PluginAPI

/// What an operator set for one shop; what is nil is as for every shop.
package struct SiteSettings: Hashable, Sendable {
    /// How the shop's pages are asked for; nil leaves it to `fetch.proxy`.
    package var proxy: ProxyChoice?
    /// Whether the proxy may resolve the shop's names itself, where the address guard sees nothing.
    package var proxyResolves: Bool?
    /// Sent to this shop's hosts only; the values are secrets.
    package var headers: HTTPHeaders = [:]
    package var userAgent: String?
    /// Whether the shop's robots.txt is obeyed.
    package var obeyRobots: Bool?
    /// Between the starts of two requests.
    package var pause: Duration?
    /// Requests at the same time; at least 1.
    package var concurrency: Int?

    package init() {}

    /// Why a header cannot be set for a shop, completing “it …”; nil where it can.
    package static func problem(header name: String, value: String) -> String? {
        let ours: Set<String> = [
            "host", "content-length", "transfer-encoding", "connection", "te", "trailer", "upgrade", "accept-encoding",
        ]
        guard !ours.contains(name.lowercased()) else {
            return "names “\(name)”, which the program sets itself. Remove it."
        }
        guard !value.isEmpty else { return "is empty for “\(name.prefix(40))”. Remove it, or write a value." }
        do throws(ExchangeError) {
            try HTTPHeaders([HTTPHeaders.Field(name: name, value: value)]).check()
            return nil
        } catch {
            return "cannot be sent: \(error)"
        }
    }
}

/// Whether requests go through a proxy.
package enum ProxyChoice: Hashable, Sendable {
    case direct
    case through(ProxyAddress)
}
