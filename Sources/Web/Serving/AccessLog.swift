import Hummingbird
import Logging

/// Writes one line per request: never a query, a cookie or an address that a person typed.
struct AccessLog: RouterMiddleware {
    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let took = ContinuousClock.now - start
        let route = context.coreContext.endpointPath.value ?? "none"
        context.logger.log(
            // Probes come every few seconds for ever, and say nothing that the answer did not.
            level: Self.probes.contains(route) && response.status == .ok ? .debug : .info,
            "Answered a request.",
            metadata: [
                "http.method": "\(request.method.rawValue)",
                // The pattern, not the path: ids and secrets in addresses stay out of the log.
                "http.route": "\(route)",
                "http.status": "\(response.status.code)",
                "http.milliseconds":
                    "\(took.components.seconds * 1000 + took.components.attoseconds / 1_000_000_000_000_000)",
            ]
        )
        return response
    }

    private static let probes: Set<String> = ["/health", "/ready", "/metrics"]
}
