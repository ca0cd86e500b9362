import Model
import Synchronization

/// Notices when the clock was set, by comparing it with one that only counts.
package final class ClockWatch: Sendable {
    enum Jump: Hashable, Sendable {
        /// Set back, or nobody knows since when it was not watched.
        case back
        case forward(Duration)
    }

    /// The time since the first question, sleep included; no one can set it.
    package static let elapsed: @Sendable () -> Duration = {
        let start = ContinuousClock.now
        return { ContinuousClock.now - start }
    }()

    /// What clocks drift and what a busy machine delays is no jump.
    private static let backTolerance: Duration = .seconds(2)
    private static let forwardTolerance: Duration = .seconds(60)

    private let elapsed: @Sendable () -> Duration
    private let last = Mutex<(wall: Timestamp, elapsed: Duration)?>(nil)

    init(elapsed: @escaping @Sendable () -> Duration) { self.elapsed = elapsed }

    /// What happened since the last question; `.back` at the first one, since it may have happened before the start.
    ///
    /// The same again until `mended`: what is to be done about it may fail.
    func jump(at now: Timestamp) -> Jump? {
        let counted = elapsed()
        return last.withLock { last in
            guard let before = last else { return .back }
            let drift = (now - before.wall) - (counted - before.elapsed)
            if drift < .zero - Self.backTolerance { return .back }
            if drift > Self.forwardTolerance { return .forward(drift) }
            last = (now, counted)
            return nil
        }
    }

    /// What was to be done about the jump that was seen at `now` is done.
    func mended(at now: Timestamp) { last.withLock { $0 = (now, elapsed()) } }
}
