import Extraction
import Fetch
import Logging
import Operations
import PluginAPI

/// What it takes to look at a page, without a database.
struct Fetching: Sendable {
    let fetcher: Fetcher
    /// The way to pages.
    let pages: SiteDoor
    let registry: Registry
    let reader: PageReader

    /// `shared` is what this process shares with others about shops.
    init(_ settings: FetchSettings, shared: any SharedSites, logger: Logger) throws {
        fetcher = Fetcher(settings: settings, logger: logger)
        let pages = SiteDoor(fetcher: fetcher, shared: shared, now: SystemClock.now)
        self.pages = pages
        registry = try InstalledPlugins.registry()
        reader = try Self.reader(registry, exchange: { try await pages.exchange($0) }, logger: logger)
    }

    /// A reader that asks nobody.
    static func offlineReader(logger: Logger) throws -> PageReader {
        try reader(
            try InstalledPlugins.registry(),
            exchange: { _ in throw ExchangeError.refused("This command reads files and asks no server.") },
            logger: logger
        )
    }

    private static func reader(
        _ registry: Registry,
        exchange: @escaping HTTPExchange,
        logger: Logger
    ) throws -> PageReader {
        PageReader(
            scrapers: try registry.scrapers.map { plugin in
                var logger = logger
                logger[metadataKey: "plugin.id"] = "\(plugin.id)"
                return try plugin.init(
                    PluginSetup(
                        options: plugin.options,
                        values: [:],
                        exchange: exchange,
                        mail: { _ in throw Refused("A scraper sends no mail.") },
                        logger: logger
                    )
                )
            }
        )
    }
}
