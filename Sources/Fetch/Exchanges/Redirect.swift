import Model
import PluginAPI

/// Where an answer sends the request on to.
struct Redirect {
    let request: HTTPRequest
    let target: ExchangeTarget

    /// What another host may be told: what kind of answer is wanted, and nothing about who asks.
    ///
    /// The validators stay: a listing whose address always redirects keeps those of the page at the end.
    private static let harmless: Set<String> = [
        "accept", "accept-language", "user-agent", "if-none-match", "if-modified-since",
    ]

    /// Whether an answer is a redirect at all.
    static func isRedirect(status: Int, location: String?) -> Bool {
        [301, 302, 303, 307, 308].contains(status) && location != nil
    }

    /// What to ask next; refuses an address that cannot be asked, and to hand a body to another host.
    init(
        of request: HTTPRequest,
        to target: ExchangeTarget,
        status: Int,
        location: String
    ) throws(ExchangeError) {
        let next = try target.redirected(to: location)
        var changed = request
        changed.url = next.shown
        // RFC 9110 §15.4: 303 asks for a page; 301 and 302 do after a POST, as every browser has it.
        if status == 303 || (status < 303 && request.method == .post), request.method != .get {
            changed.method = .get
            changed.body = []
            for name in ["Content-Type", "Content-Encoding", "Content-Language"] { changed.headers[name] = nil }
        }
        if !next.mayKnowSecrets(of: target) {
            guard changed.method == .get, changed.body.isEmpty else {
                throw .refused(
                    "\(target.name) asks to send the data on to \(next.name). Data is not passed on to another host; "
                        + "set the address that it redirects to instead."
                )
            }
            let kept = changed.headers.fields.filter { Self.harmless.contains($0.name.lowercased()) }
            changed.headers = HTTPHeaders(kept)
        }
        self.request = changed
        self.target = next
    }
}
