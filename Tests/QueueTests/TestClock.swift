import Model
import TestSupport

/// The two clocks of a process: one that can be set and one that only counts.
final class TestClock: Sendable {
    private let wall = ManualClock()
    private let counter = ManualClock(Timestamp(milliseconds: 0))

    /// Is told how far the clock was set, for a server that has the same one.
    private let jumped: @Sendable (Duration) -> Void

    init(jumped: @escaping @Sendable (Duration) -> Void = { _ in }) { self.jumped = jumped }

    var now: Timestamp { wall.now }
    var reading: @Sendable () -> Timestamp { wall.reading }
    var elapsed: @Sendable () -> Duration { { [counter] in counter.now - Timestamp(milliseconds: 0) } }

    /// Time goes by.
    func advance(by span: Duration) {
        wall.advance(by: span)
        counter.advance(by: span)
    }

    /// Somebody sets the clock; no time goes by.
    func jump(by span: Duration) {
        wall.advance(by: span)
        jumped(span)
    }
}
