import Hummingbird

/// Tells browsers what pages of ours may never do: run scripts but our own file, be framed, load from elsewhere than said.
struct SecurityHeaders: RouterMiddleware {
    let isSecure: Bool

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        if !response.headers.contains(.contentSecurityPolicy) { response.headers[.contentSecurityPolicy] = Self.policy }
        // Not `no-referrer`: under it browsers send `Origin: null` with our own forms, and their origin could not be
        // checked. Other sites learn nothing either way.
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.contentTypeOptionsField] = "nosniff"
        if !response.headers.contains(.frameOptions) { response.headers[.frameOptions] = "DENY" }
        response.headers[.openerPolicy] = "same-origin"
        response.headers[.resourcePolicy] = "same-origin"
        response.headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        if !response.headers.contains(.cacheControl) { response.headers[.cacheControl] = "no-store" }
        return response
    }

    static let policy = [
        "default-src 'none'", "style-src 'self'", "script-src 'self'", "connect-src 'self'",
        "img-src 'self' https: data:", "form-action 'self'",
        "frame-ancestors 'none'", "base-uri 'none'",
    ].joined(separator: "; ")

    /// Of a page that shows another one of ours in a frame.
    static let framing = "\(policy); frame-src 'self'"

    /// Of a mail in such a frame: it has inline styles, as mails must, and may do nothing at all.
    static let mail = [
        "sandbox", "default-src 'none'", "style-src 'unsafe-inline'", "img-src https: data:", "form-action 'none'",
        "frame-ancestors 'self'", "base-uri 'none'",
    ].joined(separator: "; ")
}
