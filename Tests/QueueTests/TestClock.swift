import Model
import TestSupport

/// The two clocks of a process: one that can be set and one that only counts.
final class TestClock: Sendable {
    private let wall = ManualClock()
    private let counter = ManualClock(Timestamp(milliseconds: 0))

    var now: Timestamp { wall.now }
    var reading: @Sendable () -> Timestamp { wall.reading }
    var elapsed: @Sendable () -> Duration { { [counter] in counter.now - Timestamp(milliseconds: 0) } }

    /// Time goes by.
    func advance(by span: Duration) {
        wall.advance(by: span)
        counter.advance(by: span)
    }

    /// Somebody sets the clock; no time goes by.
    func jump(by span: Duration) { wall.advance(by: span) }
}
