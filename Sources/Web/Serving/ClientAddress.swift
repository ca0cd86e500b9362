import Hummingbird
import Model

/// Finds out who is asking, behind proxies that are trusted.
struct ClientAddress: RouterMiddleware {
    let trustedProxies: [AddressRange]

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.client = client(peer: context.peer, forwarded: request.headers[values: .forwardedFor])
        return try await next(request, context)
    }

    /// The last address of the chain that no trusted proxy vouches for; what stands before it anyone can write.
    func client(peer: String?, forwarded: [String]) -> String {
        guard var client = peer else { return "unknown" }
        let chain = forwarded.flatMap { $0.split(separator: ",").map { $0.trimmingWhitespace() } }
        for hop in chain.reversed() {
            guard trustedProxies.contains(where: { $0.contains(client) }) else { break }
            guard AddressRange.bytes(hop) != nil else { break }
            client = hop
        }
        return client
    }
}
