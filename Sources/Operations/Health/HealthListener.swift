import Hummingbird
package import Logging
import ServiceLifecycle

/// Answers `/health`, `/ready` and `/metrics` on a port of its own, for roles without web pages.
package struct HealthListener: Service {
    private let routes: OperationsRoutes
    private let address: String
    private let port: Int
    private let bound: @Sendable (_ port: Int) async -> Void
    private let logger: Logger

    /// Port 0 lets the system choose; `bound` is told the port once it listens.
    package init(
        routes: OperationsRoutes,
        address: String,
        port: Int,
        logger: Logger,
        bound: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.routes = routes
        self.address = address
        self.port = port
        self.bound = bound
        self.logger = logger
    }

    package func run() async throws {
        // Hummingbird announces every server it starts; one line per role is enough.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let router = Router()
        routes.add(to: router)
        let bound = bound
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname(address, port: port)),
            onServerRunning: { await bound($0.localAddress?.port ?? 0) },
            logger: quiet
        )
        try await application.run()
    }
}
