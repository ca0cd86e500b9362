import Hummingbird
import Monitoring

/// Refuses state changes that another site's page started in a signed-in person's browser.
///
/// The first of three walls; the others are `SameSite=Lax` and the token in every form.
struct OriginCheck: RouterMiddleware {
    /// `https://prices.example`, lower case; nil when no public address was set.
    let publicOrigin: String?

    init(settings: WebSettings) {
        publicOrigin = settings.publicURL.map { url in
            let parts = url.lowercased().split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
            return parts.count >= 3 ? "\(parts[0])//\(parts[2])" : url.lowercased()
        }
    }

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let isSafe = [.get, .head, .options].contains(request.method)
        guard isSafe || isOwn(request) else {
            throw RequestError.forbidden("This request came from another site's page, so nothing was changed.")
        }
        return try await next(request, context)
    }

    /// Programs send neither header; they have no cookies either, or know the token.
    func isOwn(_ request: Request) -> Bool {
        if let site = request.headers[.fetchSite] { return site == "same-origin" || site == "none" }
        guard let origin = request.headers[.origin]?.lowercased() else { return true }
        if origin == publicOrigin { return true }
        guard let host = request.head.authority?.lowercased() else { return false }
        return origin == "http://\(host)" || origin == "https://\(host)"
    }
}
