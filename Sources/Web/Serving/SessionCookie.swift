import Hummingbird
import Model
import Monitoring

/// The cookies this installation sets: who is signed in, and a token for forms used before that.
struct SessionCookie: Sendable {
    let isSecure: Bool

    /// The `__Host-` prefix makes browsers hold the cookie to TLS, this host and the whole path.
    var name: String { isSecure ? "__Host-session" : "session" }
    private var visitorName: String { isSecure ? "__Host-visitor" : "visitor" }

    func secret(in request: Request) -> String? { request.cookies[name]?.value }

    func set(_ session: NewSession) -> Cookie {
        cookie(name, session.secret, seconds: Int(session.lifetime.components.seconds), sameSite: .lax)
    }

    var removal: Cookie { cookie(name, "", seconds: 0, sameSite: .lax) }

    /// The token of a visitor who has not signed in, sent both as a cookie and in the form.
    func visitorToken(in request: Request) -> String? {
        guard let value = request.cookies[visitorName]?.value, (32...64).contains(value.utf8.count) else { return nil }
        return value
    }

    func setVisitorToken(_ token: String) -> Cookie {
        cookie(visitorName, token, seconds: 3600, sameSite: .strict)
    }

    static func makeVisitorToken() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let part = String(random.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - part.count) + part
        }.joined()
    }

    private func cookie(_ name: String, _ value: String, seconds: Int, sameSite: Cookie.SameSite) -> Cookie {
        Cookie(
            name: name,
            value: value,
            maxAge: seconds,
            path: "/",
            secure: isSecure,
            httpOnly: true,
            sameSite: sameSite
        )
    }
}
