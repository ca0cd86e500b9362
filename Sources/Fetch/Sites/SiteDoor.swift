package import Model
import PluginAPI

/// The way to shops' pages: through the guarded door, as each shop's settings say, by its robots.txt, in turn with all
/// other processes, and not while it wants or needs to be left alone.
package final class SiteDoor: Sendable {
    private let fetcher: Fetcher
    private let rules: SiteRules
    private let shared: any SharedSites
    private let book: SiteBook
    private let metrics = SiteMetrics()
    private let robots: RobotsFiles
    private let line = TurnLine()
    private let lookup: NameLookup
    private let now: @Sendable () -> Timestamp
    private let random: @Sendable () -> Double

    /// No crawl delay makes a pause longer than this.
    private static let longestDelay: Duration = .seconds(30)

    /// What a look at a page says about its shop.
    package enum Verdict: Hashable, Sendable {
        case fine
        /// In a few words that complete “the last time …”.
        case trouble(String)
    }

    package convenience init(fetcher: Fetcher, shared: any SharedSites, now: @escaping @Sendable () -> Timestamp) {
        self.init(fetcher: fetcher, shared: shared, now: now, lookup: SystemNames.lookup)
    }

    init(
        fetcher: Fetcher,
        shared: any SharedSites,
        now: @escaping @Sendable () -> Timestamp,
        lookup: @escaping NameLookup,
        robots: RobotsFiles = RobotsFiles(),
        random: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        self.fetcher = fetcher
        self.shared = shared
        self.now = now
        self.lookup = lookup
        self.robots = robots
        self.random = random
        rules = SiteRules(fetcher.settings)
        book = SiteBook(shared: shared, metrics: metrics)
    }

    /// Performs one exchange with a page.
    ///
    /// With `patience` it throws `LaterTurn` rather than wait longer for others at a shop that wants pauses. Throws
    /// `ExchangeError`, also for what our own rules forbid; `CancellationError`; and what the place throws that the
    /// processes share.
    package func exchange(_ request: HTTPRequest, patience: Duration? = nil) async throws -> HTTPResponse {
        try request.headers.check()
        let hop = Hop(request, to: try ExchangeTarget(request.url), settings: fetcher.settings)
        let walk = Walk(patience: patience)
        do {
            let answer = try await go(hop, walk)
            await leave(walk)
            return answer
        } catch {
            await leave(walk)
            throw error
        }
    }

    /// Says what was found on a page that answered: a shop that refuses or asks for proof of being human fails too.
    package func report(_ url: String, _ verdict: Verdict) async throws {
        guard let target = try? ExchangeTarget(url) else { return }
        try await note(verdict, of: rules.site(of: target).name)
    }

    /// Where an exchange is, for the one task that runs it.
    private final class Walk {
        let patience: Duration?
        var site: String?
        var place: String?

        init(patience: Duration? = nil) { self.patience = patience }
    }

    private func go(_ first: Hop, _ walk: Walk, forRobots: Bool = false) async throws -> HTTPResponse {
        var hop = first
        var isLessSecret = false
        while true {
            var site = rules.site(of: hop.target)
            // The file of rules is small and wanted once a day: it goes at once, and so waits for nothing that waits for it.
            let isHere = forRobots || walk.site == site.name
            if !isHere { await leave(walk) }
            let isProbe = isHere ? false : try await admit(site)
            if !forRobots, site.obeysRobots {
                try await obeyRobots(&site, hop)
            }
            if !isHere { try await enter(site, walk, isProbe: isProbe) }
            switch try await perform(hop, at: site, isHere: isHere, sendsHeaders: !isLessSecret) {
            case .answer(let response):
                try await heed(response, from: site)
                return response
            case .redirect(let onward):
                // It has answered, though no page of it will be reported on.
                try await note(.fine, of: site.name)
                let limit = fetcher.settings.maximumRedirects
                let scheme = hop.target.scheme
                hop = try hop.redirected(status: onward.status, location: onward.location, limit: limit)
                // A redirect must not bring a shop's keys onto a way that others can read.
                if scheme == "https", hop.target.scheme == "http" { isLessSecret = true }
                hop.cookies = onward.cookies
                hop.timeLeft = onward.timeLeft
            }
        }
    }

    private func perform(_ hop: Hop, at site: Site, isHere: Bool, sendsHeaders: Bool) async throws -> HopEnd {
        var hop = hop
        hop.isSingle = true
        hop.userAgent = site.userAgent
        hop.route = try await route(to: hop.target, at: site)
        // A redirect within a shop goes on at once.
        hop.manners =
            isHere ? nil : Manners(host: hop.target.host, concurrency: site.concurrency, pause: site.pause)
        for field in site.headers.fields where sendsHeaders && hop.request.headers[field.name] == nil {
            hop.request.headers.append(field.name, field.value)
        }
        do {
            return try await fetcher.perform(hop)
        } catch let error as ExchangeError {
            switch error {
            case .unreachable(let why), .timeout(let why): try await note(.trouble(why), of: site.name)
            case .tooLarge: try await note(.fine, of: site.name)
            case .refused, .closed: break
            }
            throw error
        }
    }

    /// nil: directly.
    private func route(to target: ExchangeTarget, at site: Site) async throws -> ProxyRoute? {
        guard let proxy = site.proxy else { return nil }
        if site.proxyResolves { return ProxyRoute(proxy: proxy, pinned: nil) }
        let addresses = try await lookup(target.host)
        let allowed = fetcher.settings.allowPrivateHosts
        let addressGuard = AddressGuard(host: target.host, port: target.port, allowed: allowed)
        for address in addresses {
            if let kind = addressGuard.refuses(address) { throw kind.refusal(of: address, host: target.host) }
        }
        // More proxies have a way to the addresses of the old kind.
        guard let address = addresses.first(where: { $0.bytes.count == 4 }) ?? addresses.first else {
            throw ExchangeError.unreachable(
                "\(target.host) was not found: the name does not resolve. Check it for typing mistakes; where only the "
                    + "proxy can resolve it, set proxyResolves."
            )
        }
        return ProxyRoute(proxy: proxy, pinned: address)
    }

    private func obeyRobots(_ site: inout Site, _ hop: Hop) async throws {
        let file = try await robots.file(for: hop.target, userAgent: site.userAgent) { request in
            var look = Hop(request, to: try ExchangeTarget(request.url), settings: fetcher.settings)
            look.maximumBytes = RobotsFile.mostBytes
            look.cutsBody = true
            // RFC 9309 §2.3.1.2
            look.redirectsLeft = 5
            return try await go(look, Walk(), forRobots: true)
        }
        if let delay = file.delay { site.pause = max(site.pause, min(delay, Self.longestDelay)) }
        guard let rule = file.forbids(hop.target.path) else { return }
        metrics.refused(.robots)
        throw ExchangeError.refused(
            "The robots.txt of \(hop.target.name) forbids this page to “\(RobotsFile.product(in: site.userAgent))”: line "
                + "\(rule.line) is “\(rule.text)”. Watch another page, or, if you may, set obeyRobots of this shop to false "
                + "under “sites” in config.json."
        )
    }
}

// Turns, and when there are none.
extension SiteDoor {
    /// Whether this one is the probe of a breaker that is half open; throws while the shop is left alone.
    private func admit(_ site: Site) async throws -> Bool {
        guard let (state, now) = try await book.known(site.name) else { return false }
        switch state.gate(at: now) {
        case .open: return false
        case .closed, .broken: throw closed(site, state, now)
        case .halfOpen:
            let (state, isGranted) = try await book.change(site.name, .probing)
            guard isGranted else { throw closed(site, state, now) }
            return true
        }
    }

    private func enter(_ site: Site, _ walk: Walk, isProbe: Bool) async throws {
        if let patience = walk.patience {
            // One slow shop must not take up everybody who works.
            let wait = site.pause * Double(line.count(site.name))
            if wait > patience { throw LaterTurn(after: wait) }
        }
        try await line.enter(site.name, places: site.concurrency)
        walk.site = site.name
        try await admitAgain(site, isProbe: isProbe)
        guard site.pause > .zero else { return }
        while true {
            let turn = try await shared.reserve(
                site.name,
                pause: site.pause,
                concurrency: site.concurrency,
                lease: fetcher.settings.totalTimeout + .seconds(10)
            )
            switch turn {
            case .full(let span): try await Task.sleep(for: span)
            case .start(let span, let place):
                walk.place = place
                guard span > .zero else { return }
                try await Task.sleep(for: span)
                return try await admitAgain(site, isProbe: isProbe)
            }
        }
    }

    /// What was in order before the wait may not be any more.
    private func admitAgain(_ site: Site, isProbe: Bool) async throws {
        guard let (state, now) = try await book.known(site.name) else { return }
        switch state.gate(at: now) {
        case .open, .halfOpen: return
        case .broken where isProbe: return
        case .closed, .broken: throw closed(site, state, now)
        }
    }

    private func leave(_ walk: Walk) async {
        if let place = walk.place {
            // The lease ends by itself.
            try? await shared.release(place)
            walk.place = nil
        }
        if let site = walk.site {
            line.leave(site)
            walk.site = nil
        }
    }

    /// Closes the shop for everybody where its answer asks for that.
    private func heed(_ response: HTTPResponse, from site: Site) async throws {
        guard response.status == 429 || response.status >= 500 else { return }
        let span = RetryAfter.delay(in: response, asked: now()) ?? .zero
        guard response.status == 429 || response.status == 503, span > .zero else {
            if response.status >= 500 {
                try await note(.trouble("it answered with status \(response.status)."), of: site.name)
            }
            return
        }
        // Not everybody comes back in the same moment.
        let wait = span + min(span, .seconds(300)) * (0.1 * random())
        let (state, _) = try await book.change(site.name, .closed(for: wait, status: response.status))
        // A shop that only ever asks for pauses is one that fails, and somebody should be told.
        let limit = fetcher.settings.breaker.failures
        if limit > 0, state.failures >= limit { return }
        guard let (known, now) = try await book.known(site.name) else { return }
        throw closed(site, known, now)
    }

    private func note(_ verdict: Verdict, of site: String) async throws {
        switch verdict {
        case .trouble(let why): _ = try await book.change(site, .failed(String(why.prefix(300)), spread: random()))
        case .fine:
            guard let (state, _) = try await book.known(site), state.failures > 0 else { return }
            _ = try await book.change(site, .succeeded)
        }
    }

    private func closed(_ site: Site, _ state: SiteState, _ now: Timestamp) -> ExchangeError {
        switch state.gate(at: now) {
        case .closed(let until, let status):
            metrics.refused(.retryAfter)
            return .closed(
                "\(site.name) asked to be left alone (status \(status) with Retry-After), so it is not asked before "
                    + "\(until.minuteText).",
                opensIn: until - now
            )
        case .broken(let until):
            metrics.refused(.breaker)
            let why = state.trouble.map { " The last time: \($0)" } ?? ""
            return .closed(
                "\(site.name) failed \(state.failures) times in a row, so it is left alone until \(until.minuteText)."
                    + "\(why) (fetch.breakerFailures says after how many failures.)",
                opensIn: until - now
            )
        case .open, .halfOpen:
            // Its time was up between two looks at the clock.
            return .closed("\(site.name) opens again now. Try again.", opensIn: .seconds(1))
        }
    }
}
