import Hummingbird
import Model
import Monitoring

/// Reads who is signed in from the cookie, for everything behind it.
struct SignedIn: RouterMiddleware {
    let accounts: Accounts
    let cookie: SessionCookie

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard let secret = cookie.secret(in: request), !secret.isEmpty else { return try await next(request, context) }
        var context = context
        context.session = try await accounts.session(secret: secret)
        context.notes.account = context.session?.actor.account
        return try await next(request, context)
    }
}
