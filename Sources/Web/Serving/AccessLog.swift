import Hummingbird
import Logging
import Model

/// Gives every request its id, and writes its one line of the log when it is done.
///
/// Never a path, a query, a cookie or an address that a person typed: the route's pattern, the account's id.
struct AccessLog: RouterMiddleware {
    /// Only these may say what a request is called.
    let trustedProxies: [AddressRange]
    let now: @Sendable () -> Timestamp

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let isFromProxy = context.peer.map { peer in trustedProxies.contains { $0.contains(peer) } } ?? false
        let id = RequestID(request, isFromProxy: isFromProxy, now: now())
        var context = context
        context.requestID = id.text
        context.logger[metadataKey: "hb.request.id"] = nil
        context.logger[metadataKey: "request.id"] = "\(id.text)"
        do {
            var response = try await next(request, context)
            response.headers[.requestID] = id.text
            log(request, context, start, status: response.status.code)
            return response
        } catch {
            // Only a request that nobody waits for any more comes here; all others have become an answer below.
            log(request, context, start, status: nil)
            throw error
        }
    }

    private func log(
        _ request: Request,
        _ context: WebContext,
        _ start: ContinuousClock.Instant,
        status: Int?
    ) {
        let level = level(of: status, context)
        guard context.logger.logLevel <= level else { return }
        var metadata: Logger.Metadata = [
            "http.method": "\(request.method.rawValue.prefix(20))",
            "http.route": "\(route(context))",
            "outcome": status.map { $0 < 400 ? "answered" : $0 < 500 ? "refused" : "failed" } ?? "cancelled",
            "took.milliseconds": .stringConvertible((ContinuousClock.now - start).wholeMilliseconds),
        ]
        if let status { metadata["http.status"] = .stringConvertible(status) }
        if let account = context.notes.account { metadata["account.id"] = "\(account)" }
        if let error = context.notes.error { metadata["error"] = "\(error)" }
        context.logger.log(level: level, "Answered a request.", metadata: metadata)
    }

    private func level(of status: Int?, _ context: WebContext) -> Logger.Level {
        guard let status else { return .info }
        if status >= 500 { return .error }
        return status < 400 && Self.isQuiet(route(context)) ? .debug : .info
    }

    /// The pattern, such as `/products/{product}`: ids and secrets in addresses stay out of the log.
    private func route(_ context: WebContext) -> String {
        let known = context.coreContext.endpointPath.value ?? OtherMethods.unknown
        return known == OtherMethods.unknown ? "none" : known
    }

    /// Probes come every few seconds for ever, each page brings its style sheet and connects again and again; none of
    /// them says anything new.
    private static func isQuiet(_ route: String) -> Bool {
        route == "/health" || route == "/ready" || route == "/metrics" || route == "/live"
            || route.hasPrefix("/assets/")
    }
}
