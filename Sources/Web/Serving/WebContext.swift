package import Hummingbird
package import Logging
import Model
import Monitoring
import Synchronization

/// What is known of one request on its way through the middleware.
package struct WebContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The network address of the other end, without a port; nil where there is none.
    var peer: String?
    /// The address the limits count by: the peer, or what a trusted proxy says.
    var client: String
    /// What this request is called in the log; empty before it has a name.
    var requestID = ""
    /// What is found out below and written into the log above.
    let notes = RequestNotes()
    /// Who is signed in by cookie.
    var session: Session?

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress
        client = peer ?? "unknown"
    }

    /// A context without a connection, for tests.
    package init(peer: String?, logger: Logger) {
        coreContext = .init(source: DetachedSource(logger: logger))
        self.peer = peer
        client = peer ?? "unknown"
    }

    /// Longer request bodies are refused, in bytes.
    package var maxUploadSize: Int { 1_000_000 }
}

/// What the middleware inside finds out for the one outside, which only has a copy of the context.
final class RequestNotes: Sendable {
    private struct State {
        var account: ID<Account>?
        var error: String?
    }

    private let state = Mutex(State())

    /// Who asked, by cookie or token; nil when nobody was found.
    var account: ID<Account>? {
        get { state.withLock(\.account) }
        set { state.withLock { $0.account = newValue } }
    }

    /// What nobody foresaw, for the log; the person who asked is told something else.
    var error: String? {
        get { state.withLock(\.error) }
        set { state.withLock { $0.error = newValue } }
    }
}

private struct DetachedSource: RequestContextSource {
    let logger: Logger
}
