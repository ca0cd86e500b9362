package import Hummingbird
package import Logging
package import Model
package import Monitoring
package import Operations

/// The pages, the REST interface and the operations routes of one process.
package struct WebServer: Sendable {
    private let settings: WebSettings
    private let site: Site
    private let operations: OperationsRoutes
    private let news: PageNews
    private let logger: Logger

    /// Throws when a template is broken or `settings.trustedProxies` holds something that is no address.
    package init(
        settings: WebSettings,
        monitoring: Monitoring,
        operations: OperationsRoutes,
        news: PageNews,
        version: String,
        logger: Logger,
        now: @escaping @Sendable () -> Timestamp = SystemClock.now
    ) throws {
        for proxy in settings.trustedProxies where AddressRange(proxy) == nil {
            throw WebSettingsError(
                "web.trustedProxies: “\(proxy)” is not a network address or block, such as 127.0.0.1 or 10.0.0.0/8."
            )
        }
        self.settings = settings
        self.operations = operations
        self.news = news
        self.logger = logger
        site = Site(
            monitoring: monitoring,
            templates: try Templates(),
            assets: Assets(),
            cookie: SessionCookie(isSecure: settings.isSecure),
            version: version,
            publicURL: settings.publicURL,
            now: now
        )
    }

    /// A service that listens until it is asked to stop.
    ///
    /// `onRunning` is told the port once it is bound, which matters where the settings say 0.
    package func application(
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        Application(
            router: router(),
            server: settings.limits.server,
            configuration: ApplicationConfiguration(
                address: .hostname(settings.address, port: settings.port),
                serverName: nil,
                availableConnectionsDelegate: .maximum(settings.limits.connections, logger: logger)
            ),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? settings.port) },
            logger: logger
        )
    }

    /// All routes; also what the tests speak to.
    package func router() -> Router<WebContext> {
        let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        let proxies = settings.trustedProxies.compactMap { AddressRange($0) }
        router.add(middleware: AccessLog(trustedProxies: proxies, now: site.now))
        router.add(middleware: SecurityHeaders(isSecure: settings.isSecure))
        // Twice: here for what fails before it is known who asks, below for pages that know it.
        router.add(middleware: ErrorAnswers(site: site))
        let table = RouteTable()
        site.assets.add(to: router)
        operations.add(to: router)
        router.get("/api/openapi.json") { _, _ in Response.json(text: OpenAPIDocument.text) }
        router.add(middleware: LimitedRequests(limits: settings.limits))
        router.add(middleware: ClientAddress(trustedProxies: proxies))
        router.add(middleware: SignedIn(accounts: site.monitoring.accounts, cookie: site.cookie))
        router.add(middleware: ErrorAnswers(site: site))
        router.add(middleware: OriginCheck(settings: settings))
        router.add(middleware: NewsOfChanges(news: news))
        router.add(middleware: UnchangedPages())
        router.add(middleware: OtherMethods(table: table))
        LivePages(news: news, limits: settings.limits).add(to: router)
        EntryPages(site: site).add(to: router)
        ProductPages(site: site).add(to: router)
        AddPages(site: site).add(to: router)
        ChannelPages(site: site).add(to: router)
        AlertPages(site: site).add(to: router)
        DigestPages(site: site).add(to: router)
        QueuePages(site: site).add(to: router)
        AccountPages(site: site).add(to: router)
        APIPages(site: site).add(to: router)
        APIRouting(site: site).add(to: router)
        table.fill(from: router)
        return router
    }
}

/// Why the web pages cannot be served with these settings; a sentence that names the key.
package struct WebSettingsError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
