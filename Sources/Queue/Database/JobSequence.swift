import Model
import Synchronization

/// Numbers by which jobs take turns: a job that is ready later has a greater one.
///
/// They follow the time, so that the numbers of several processes fit together; a process keeps the order of its own jobs
/// within a millisecond too.
final class JobSequence: Sendable {
    private struct State {
        var last = 0
        var lastDelayed = 0
    }

    static let numbersPerMillisecond = 1024
    /// A number that lies further ahead is older than a clock that was set back.
    static let farthest = 10_000 * numbersPerMillisecond

    private let state = Mutex(State())

    /// The next number for a job that may be taken from `ready` on.
    func next(ready: Timestamp, now: Timestamp) -> Int {
        let first = ready.milliseconds * Self.numbersPerMillisecond
        return state.withLock { state in
            guard ready <= now else {
                // Those of one millisecond that come one after another, as in one batch, stay in order.
                let slots = first..<first + Self.numbersPerMillisecond
                state.lastDelayed = slots.contains(state.lastDelayed + 1) ? state.lastDelayed + 1 : first
                return state.lastDelayed
            }
            state.last = state.last - first > Self.farthest ? first : max(state.last + 1, first)
            return state.last
        }
    }
}
