import Synchronization

/// Whether the loops of this process are alive: each beats once per turn, and one that has not beaten within its limit
/// is late.
package final class Heartbeats: Sendable {
    private let loops = Mutex<[String: Loop]>([:])
    private let now: @Sendable () -> ContinuousClock.Instant

    package init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.now = now
    }

    private struct Loop {
        var limit: Duration
        var lastBeat: ContinuousClock.Instant
    }

    /// A loop and how long ago it beat last.
    package struct State: Hashable, Sendable {
        package let loop: String
        package let sinceBeat: Duration
        package let limit: Duration

        package var isLate: Bool { sinceBeat > limit }
    }

    /// Begins to watch a loop; registering counts as the first beat.
    ///
    /// `limit` is the longest time that one healthy turn takes, waiting included. A loop that is registered again
    /// starts anew.
    package func register(_ loop: String, limit: Duration) -> Heartbeat {
        let now = now()
        loops.withLock { $0[loop] = Loop(limit: limit, lastBeat: now) }
        return Heartbeat(loop: loop, board: self)
    }

    /// Every loop that runs, by name.
    package func states() -> [State] {
        let now = now()
        return loops.withLock { loops in
            loops.sorted { $0.key < $1.key }.map { name, loop in
                State(loop: name, sinceBeat: now - loop.lastBeat, limit: loop.limit)
            }
        }
    }

    fileprivate func beat(_ loop: String) {
        let now = now()
        loops.withLock { $0[loop]?.lastBeat = now }
    }

    fileprivate func end(_ loop: String) {
        loops.withLock { $0[loop] = nil }
    }
}

/// One loop's entry on the board.
package struct Heartbeat: Sendable {
    package let loop: String
    fileprivate let board: Heartbeats

    /// The loop has begun another turn.
    package func beat() {
        board.beat(loop)
    }

    /// The loop has ended on purpose and is not missed.
    package func end() {
        board.end(loop)
    }
}
