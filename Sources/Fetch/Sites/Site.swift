import Model

/// How one shop is treated.
struct Site: Hashable, Sendable {
    /// What it is shared under: the domain of `sites` that it belongs to, else its host, with a port that is not the
    /// scheme's own.
    let name: String
    let proxy: ProxyAddress?
    let proxyResolves: Bool
    /// Sent unless the request brings its own.
    let headers: HTTPHeaders
    let userAgent: String
    let obeysRobots: Bool
    var pause: Duration
    let concurrency: Int
}

/// Which settings are for which host.
struct SiteRules: Sendable {
    private let settings: FetchSettings

    init(_ settings: FetchSettings) {
        self.settings = settings
    }

    func site(of target: ExchangeTarget) -> Site {
        let match = match(target)
        let own = match.flatMap { settings.sites[$0] } ?? SiteSettings()
        var proxy = settings.proxy
        switch own.proxy {
        case .direct?: proxy = nil
        case .through(let address)?: proxy = address
        case nil: break
        }
        return Site(
            name: match ?? target.name,
            proxy: proxy,
            proxyResolves: own.proxyResolves ?? settings.proxyResolves,
            headers: own.headers,
            userAgent: own.userAgent ?? settings.userAgent,
            obeysRobots: own.obeyRobots ?? settings.obeyRobots,
            pause: own.pause ?? settings.hostPause,
            concurrency: max(1, own.concurrency ?? settings.hostConcurrency)
        )
    }

    /// The key of `sites` that fits best: the host with its port, the host, or the longest domain that it ends in.
    private func match(_ target: ExchangeTarget) -> String? {
        guard !settings.sites.isEmpty else { return nil }
        let host = target.host.contains(":") ? "[\(target.host)]" : target.host
        for name in ["\(host):\(target.port)", host] where settings.sites[name] != nil { return name }
        guard IPAddress(target.host) == nil else { return nil }
        var rest = target.host[...]
        while let dot = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: dot)...]
            if settings.sites[String(rest)] != nil { return String(rest) }
        }
        return nil
    }
}
