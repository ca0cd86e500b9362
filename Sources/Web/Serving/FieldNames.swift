import Hummingbird

extension HTTPFields.Element.Name {
    static let forwardedFor = known("X-Forwarded-For")
    static let requestID = known("X-Request-Id")
    static let traceParent = known("traceparent")
    static let accelBuffering = known("X-Accel-Buffering")
    static let link = known("Link")
    static let csrfToken = known("X-CSRF-Token")
    static let fetchSite = known("Sec-Fetch-Site")
    static let frameOptions = known("X-Frame-Options")
    static let contentTypeOptionsField = known("X-Content-Type-Options")
    static let openerPolicy = known("Cross-Origin-Opener-Policy")
    static let resourcePolicy = known("Cross-Origin-Resource-Policy")
    static let permissionsPolicy = known("Permissions-Policy")
    static let referrerPolicy = known("Referrer-Policy")
    static let retryAfterField = known("Retry-After")

    private static func known(_ name: String) -> Self {
        guard let field = Self(name) else { preconditionFailure("“\(name)” is not a header's name.") }
        return field
    }
}
