import Hummingbird
import HummingbirdCore
import Model
import Monitoring
import NIOCore
import Synchronization

/// What one request, and all of them together, may take; more is refused at once instead of held in memory.
package struct WebLimits: Sendable {
    /// Requests that are worked on at the same time; what comes above is answered with 503.
    package var requests = 200
    /// Open connections; what comes above waits with the system until one is closed.
    ///
    /// Below the 1,024 open files that many systems allow a process.
    package var connections = 500
    /// How long a connection may stand without a whole request, and a request between two parts of its body.
    package var idle: Duration = .seconds(30)
    /// All headers of a request together, in bytes.
    package var headerBytes = 32 * 1024
    package var headerCount = 100

    /// Open pages that are told of changes at the same time; others show them when they are loaded again.
    package var live = 250
    /// How often the connection of such a page is tried, well within what proxies wait for.
    package var livePulse: Duration = .seconds(15)
    /// After that a page connects anew, so that one whose session was ended is told no more.
    package var livePage: Duration = .minutes(10)

    package init() {}

    var server: HTTPServerBuilder {
        let headers = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: headerBytes,
            maxHeaderListSize: headerBytes,
            maxHeaderFieldCount: headerCount
        )
        return .http1(configuration: .init(idleTimeout: TimeAmount(idle), httpDecoderConfiguration: headers))
    }

    /// How long an answer may take to be made; longer than a look at a slow shop.
    static let answer: Duration = .seconds(150)
    /// How long the body of a request may take to come.
    static let body: Duration = .seconds(20)
}

/// Refuses what is too much at once.
struct LimitedRequests: RouterMiddleware {
    let limits: WebLimits
    private let counter = Counter()

    init(limits: WebLimits) {
        self.limits = limits
    }

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard counter.enter(upTo: limits.requests) else { throw TooBusy() }
        defer { counter.leave() }
        return try await next(request, context)
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)

        func enter(upTo limit: Int) -> Bool {
            count.withLock { count in
                guard count < limit else { return false }
                count += 1
                return true
            }
        }

        func leave() {
            count.withLock { $0 -= 1 }
        }
    }
}

/// More requests than this process works on at once.
struct TooBusy: Error {}

/// The answer, or the body of the request, took too long.
struct TooSlow: Error {}

/// The answer to a request, or `TooSlow`.
func answerInTime(_ work: @escaping @Sendable () async throws -> Response) async throws -> Response {
    try await withDeadline(WebLimits.answer, orThrow: TooSlow(), work)
}

extension Request {
    /// The whole body, no longer than the context allows and no slower than a person's connection is.
    func wholeBody(_ context: WebContext) async throws -> ByteBuffer {
        let (body, limit) = (body, context.maxUploadSize)
        return try await withDeadline(WebLimits.body, orThrow: TooSlowBody()) { try await body.collect(upTo: limit) }
    }
}

/// The sender stopped, or trickles.
struct TooSlowBody: Error {}
