package import Model
import Synchronization

/// A time that stands still until a test moves it.
package final class ManualClock: Sendable {
    private let moment: Mutex<Timestamp>

    /// 2026-11-23T12:00:00Z, unless told otherwise.
    package init(_ start: Timestamp = Timestamp(milliseconds: 1_795_435_200_000)) {
        moment = Mutex(start)
    }

    package var now: Timestamp { moment.withLock { $0 } }

    /// What takes a clock in the program takes this.
    package var reading: @Sendable () -> Timestamp { { self.now } }

    package func advance(by span: Duration) {
        moment.withLock { $0 = $0 + span }
    }

    package func set(to time: Timestamp) {
        moment.withLock { $0 = time }
    }
}
