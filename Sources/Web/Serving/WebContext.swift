package import Hummingbird
package import Logging
import Monitoring

/// What is known of one request on its way through the middleware.
package struct WebContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The network address of the other end, without a port; nil where there is none.
    var peer: String?
    /// The address the limits count by: the peer, or what a trusted proxy says.
    var client: String
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

private struct DetachedSource: RequestContextSource {
    let logger: Logger
}
