/// What holds for every exchange of a `Fetcher`.
package struct FetchSettings: Hashable, Sendable {
    /// Says who asks; sent unless the request brings its own `User-Agent`.
    package var userAgent: String
    /// Sent unless the request brings its own `Accept-Language`.
    package var acceptLanguage: String
    /// From the start of a hop until the connection stands, TLS included.
    package var connectTimeout: Duration
    /// For one exchange with all its redirects, without the time it waited for its turn.
    package var totalTimeout: Duration
    /// Of one body, decoded.
    package var maximumBytes: Int
    /// 0: a redirect is refused.
    package var maximumRedirects: Int
    /// Guarded exchanges that one host answers at the same time; at least 1.
    package var hostConcurrency: Int
    /// Between the starts of two guarded exchanges with one host.
    package var hostPause: Duration
    /// Host names in lower case, or `host:port`, that the guarded door opens although their addresses are private.
    package var allowPrivateHosts: Set<String>
    /// Guarded exchanges running at the same time, at least 1; also the size of the cache of open connections.
    package var maximumConnections: Int
    /// How pages are asked for where a shop's own settings say nothing; nil: without a proxy.
    package var proxy: ProxyAddress?
    /// Whether a proxy may resolve names itself, where the address guard sees nothing.
    package var proxyResolves: Bool
    /// Whether robots.txt is obeyed where a shop's own settings say nothing.
    package var obeyRobots: Bool
    /// By host name in lower case, alone or with a port; a name is also for the hosts below it.
    package var sites: [String: SiteSettings]
    /// When a shop that fails is left alone.
    package var breaker: BreakerPolicy
    /// A file of PEM certificates that are trusted instead of the system's; nil for the system's.
    package var trustedCertificates: String?

    /// An honest name that says how to change it.
    package static let standardUserAgent = "PriceMonitoringAgent/0.1 (+self-hosted; set by fetch.userAgent)"

    /// Each value as its property says.
    package init(
        userAgent: String = Self.standardUserAgent,
        acceptLanguage: String = "en,*;q=0.5",
        connectTimeout: Duration = .seconds(10),
        totalTimeout: Duration = .seconds(30),
        maximumBytes: Int = 10_000_000,
        maximumRedirects: Int = 5,
        hostConcurrency: Int = 2,
        hostPause: Duration = .milliseconds(500),
        allowPrivateHosts: Set<String> = [],
        maximumConnections: Int = 256,
        proxy: ProxyAddress? = nil,
        proxyResolves: Bool = false,
        obeyRobots: Bool = true,
        sites: [String: SiteSettings] = [:],
        breaker: BreakerPolicy = BreakerPolicy(),
        trustedCertificates: String? = nil
    ) {
        self.userAgent = userAgent
        self.acceptLanguage = acceptLanguage
        self.connectTimeout = connectTimeout
        self.totalTimeout = totalTimeout
        self.maximumBytes = maximumBytes
        self.maximumRedirects = maximumRedirects
        self.hostConcurrency = hostConcurrency
        self.hostPause = hostPause
        self.allowPrivateHosts = allowPrivateHosts
        self.maximumConnections = maximumConnections
        self.proxy = proxy
        self.proxyResolves = proxyResolves
        self.obeyRobots = obeyRobots
        self.sites = sites
        self.breaker = breaker
        self.trustedCertificates = trustedCertificates
    }
}
