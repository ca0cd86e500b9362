import Model
import PluginAPI

/// One request of an exchange, with everything that was decided about it.
struct Hop: Sendable {
    var request: HTTPRequest
    var target: ExchangeTarget
    var redirectsLeft: Int
    var timeLeft: Duration
    /// The addresses that led here, oldest first.
    var visited: [String] = []
    /// Of the exchange so far, as libcurl writes them.
    var cookies: [String] = []
    /// Whether the exchange ends with a redirect, about which whoever asked decides, instead of following it.
    var isSingle = false
    /// nil where it goes directly.
    var route: ProxyRoute?
    /// nil: at once.
    var manners: Manners?
    var userAgent: String
    /// Decoded; longer bodies are refused, or cut where `cutsBody`.
    var maximumBytes: Int
    var cutsBody = false

    init(_ request: HTTPRequest, to target: ExchangeTarget, settings: FetchSettings) {
        self.request = request
        self.target = target
        redirectsLeft = max(0, settings.maximumRedirects)
        timeLeft = settings.totalTimeout
        userAgent = settings.userAgent
        maximumBytes = settings.maximumBytes
    }

    /// The hop that an answer from here leads to; throws where there is none to make.
    func redirected(status: Int, location: String, limit: Int) throws(ExchangeError) -> Hop {
        let redirect = try Redirect(of: request, to: target, status: status, location: location)
        guard redirectsLeft > 0 else { throw .refused(loopText(next: redirect.target.shown, limit: limit)) }
        var next = self
        next.redirectsLeft -= 1
        next.visited.append(target.shown)
        next.request = redirect.request
        next.target = redirect.target
        return next
    }

    /// Names the circle where there is one.
    private func loopText(next: String, limit: Int) -> String {
        let way = visited + [target.shown]
        guard let start = way.lastIndex(of: next), limit > 0 else {
            return "\(target.name) redirects again and again; after \(limit) redirects the program gives up. Use the "
                + "address that a browser ends at."
        }
        let circle = (way[start...] + [next]).map { $0.count <= 120 ? $0 : "\($0.prefix(119))…" }
        return "\(target.name) redirects in a circle: \(circle.joined(separator: " → ")). After \(limit) redirects the "
            + "program gives up. Use the address that a browser ends at."
    }
}

/// What one hop gave.
enum HopEnd: Sendable {
    case answer(HTTPResponse)
    /// Only for a hop that is single.
    case redirect(Onward)

    /// What the next hop is made of.
    struct Onward: Sendable {
        let status: Int
        let location: String
        let cookies: [String]
        let timeLeft: Duration
    }
}

/// The way through a proxy.
struct ProxyRoute: Hashable, Sendable {
    let proxy: ProxyAddress
    /// The address that was looked up and checked here, and that the proxy is told; nil: the proxy resolves the name.
    let pinned: IPAddress?
}

/// How politely a host is asked.
struct Manners: Hashable, Sendable {
    let host: String
    let concurrency: Int
    let pause: Duration
}
