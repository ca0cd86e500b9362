import Synchronization

/// What is known of a server that can't be reached, so that not everybody connects to it at once or waits for long.
final class PostgresTroubles: Sendable {
    private struct State {
        var last: PostgresFailure?
        var until = ContinuousClock.now
        var pause: Duration = .milliseconds(50)
        /// Since when the process is about to end.
        var hurry: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    private static let longestPause: Duration = .seconds(2)
    /// How long a process that is about to end waits for the server to come back.
    private static let hurriedPatience: Duration = .seconds(2)
    /// How long it waits for an answer, of one that may be well and has much to do.
    private static let hurriedSilence: Duration = .seconds(3)

    /// Why it is of no use to connect just now; nil when it is worth a try.
    var failure: PostgresFailure? {
        state.withLock { $0.until > .now ? $0.last : nil }
    }

    /// Whether the last try to connect failed.
    var isAway: Bool { state.withLock { $0.last != nil } }

    func note(_ failure: PostgresFailure) {
        state.withLock { state in
            state.last = failure
            state.until = .now + state.pause
            state.pause = min(state.pause * 2, Self.longestPause)
        }
    }

    func clear() {
        state.withLock { state in
            guard state.last != nil else { return }
            state = State(hurry: state.hurry)
        }
    }

    func hurry() { state.withLock { $0.hurry = $0.hurry ?? .now } }

    /// Until when to wait for a server that is away, of those who would wait until `end`.
    func patience(until end: ContinuousClock.Instant) -> ContinuousClock.Instant {
        state.withLock { state in state.hurry.map { min(end, $0 + Self.hurriedPatience) } ?? end }
    }

    /// Until when to wait for an answer, of those who asked at `start` and would wait until `end`.
    func silence(since start: ContinuousClock.Instant, until end: ContinuousClock.Instant) -> ContinuousClock.Instant {
        state.withLock { state in state.hurry.map { min(end, max(start, $0) + Self.hurriedSilence) } ?? end }
    }
}
