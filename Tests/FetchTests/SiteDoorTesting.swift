import Logging
import Model
import PluginAPI
import TestSupport
import Testing

@testable import Fetch

/// The way to pages on this machine, with a clock that a test moves.
struct TestDoor: Sendable {
    let clock = ManualClock()
    let shared: any SharedSites
    let door: SiteDoor
    let fetcher: Fetcher

    /// Without pauses, unless `change` sets one; the names of `lookup` are for proxies.
    init(
        shared: (any SharedSites)? = nil,
        robots: RobotsFiles = RobotsFiles(),
        _ change: (inout FetchSettings) -> Void = { _ in },
        lookup: @escaping NameLookup = SystemNames.lookup
    ) {
        var settings = FetchSettings()
        settings.hostPause = .zero
        settings.allowPrivateHosts = ["127.0.0.1", "localhost", "shop.localhost", "other.localhost"]
        change(&settings)
        let fetcher = Fetcher(settings: settings, logger: .quiet)
        self.fetcher = fetcher
        self.shared = shared ?? LocalSites(policy: settings.breaker, now: clock.reading)
        door = SiteDoor(
            fetcher: fetcher,
            shared: self.shared,
            now: clock.reading,
            lookup: lookup,
            robots: robots,
            random: { 0 }
        )
    }

    func get(_ url: String, headers: HTTPHeaders = [:]) async throws -> HTTPResponse {
        try await door.exchange(HTTPRequest(url: url, headers: headers))
    }

    /// The error of a plain request.
    func failure(_ url: String, at location: SourceLocation = #_sourceLocation) async -> ExchangeError? {
        await #expect(throws: ExchangeError.self, sourceLocation: location) { try await self.get(url) }
    }
}

extension SiteSettings {
    init(_ change: (inout SiteSettings) -> Void) {
        self.init()
        change(&self)
    }
}
