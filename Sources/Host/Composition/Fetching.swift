import Extraction
import Fetch
import Logging
import PluginAPI

/// What it takes to look at a page, without a database.
struct Fetching: Sendable {
    let fetcher: Fetcher
    let registry: Registry
    let reader: PageReader

    init(_ settings: FetchSettings, logger: Logger) throws {
        fetcher = Fetcher(settings: settings, logger: logger)
        registry = try InstalledPlugins.registry()
        reader = try Self.reader(registry, exchange: fetcher.guarded, logger: logger)
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
