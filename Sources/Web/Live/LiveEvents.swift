import Hummingbird

/// What one open page is sent, until it leaves, the process is told to stop, or it was long enough.
struct LiveEvents: AsyncSequence, Sendable {
    let news: PageNews
    let limits: WebLimits

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var steps: AsyncStream<Step>.AsyncIterator
        fileprivate let visit: Visit

        mutating func next(isolation actor: isolated (any Actor)?) async -> ByteBuffer? {
            await steps.next(isolation: actor).map { ByteBuffer(string: $0.text) }
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        let (steps, continuation) = AsyncStream<Step>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let ears = PageNews.Listener(
            hear: { continuation.yield(.changed) },
            end: { continuation.finish() }
        )
        guard let listener = news.add(ears, upTo: limits.live) else {
            continuation.yield(.tryAgain(.seconds(60)))
            continuation.finish()
            return AsyncIterator(steps: steps.makeAsyncIterator(), visit: Visit {})
        }
        continuation.yield(.tryAgain(.seconds(3)))
        // Owned by the visit, which ends it.
        let pulse = Task { [limits] in
            let end = ContinuousClock.now + limits.livePage
            while ContinuousClock.now < end, !Task.isCancelled {
                // Cut short when the page has left.
                try? await Task.sleep(for: limits.livePulse)
                // A page that is slow to take what it is sent still learns that something changed.
                if case .dropped(.changed) = continuation.yield(.pulse) { continuation.yield(.changed) }
            }
            continuation.finish()
        }
        let visit = Visit { [news] in
            news.forget(listener)
            pulse.cancel()
        }
        return AsyncIterator(steps: steps.makeAsyncIterator(), visit: visit)
    }

    /// Ends with the iterator, whichever way a connection is lost.
    fileprivate final class Visit: Sendable {
        private let leave: @Sendable () -> Void

        init(leave: @escaping @Sendable () -> Void) { self.leave = leave }

        deinit { leave() }
    }

    fileprivate enum Step: Sendable {
        case changed
        /// A comment, by which the server notices that the other end is gone, and proxies that it is not.
        case pulse
        /// How soon the browser may connect anew when the connection is gone.
        case tryAgain(Duration)

        var text: String {
            switch self {
            case .changed: "event: changed\ndata:\n\n"
            case .pulse: ":\n\n"
            case .tryAgain(let wait): "retry: \(wait.components.seconds * 1000)\n\n"
            }
        }
    }
}
