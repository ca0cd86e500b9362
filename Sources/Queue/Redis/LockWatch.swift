import Synchronization

/// Knows for how long locks were not renewed, by a clock that nobody can set.
///
/// That a lock is gone proves nothing alone: when the server's clock is set forward every lock has run out at once while
/// its holder works on. Who is alive renews well within the patience.
final class LockWatch: Sendable {
    /// An active job, as the server showed it.
    struct Held: Hashable, Sendable {
        let id: String
        /// Empty when there is none.
        let lock: String
        /// When the lock ends by the server's clock, in milliseconds.
        let until: Int
        /// How often the job was begun.
        let turn: String
    }

    private struct Sight {
        let held: Held
        let since: Duration
    }

    private let patience: Duration
    private let lease: Duration
    private let seen = Mutex<[String: Sight]>([:])

    init(patience: Duration, lease: Duration) { (self.patience, self.lease) = (patience, lease) }

    /// The locks of these jobs were just taken or renewed.
    func saw(_ held: [Held], at elapsed: Duration) {
        seen.withLock { seen in
            for job in held { seen[job.id] = Sight(held: job, since: elapsed) }
        }
    }

    /// Nobody holds these jobs any more, or another one does: a worker that never looks for dead ones itself would remember
    /// every job that it ever had.
    func forget(_ ids: [String]) {
        seen.withLock { seen in
            for id in ids { seen[id] = nil }
        }
    }

    /// Of all jobs that are held now, those whose worker gave no sign of life for long enough; the others are remembered.
    func dead(_ held: [Held], at elapsed: Duration) -> [Held] {
        seen.withLock { seen in
            var next: [String: Sight] = [:]
            for job in held { next[job.id] = Self.sight(of: job, after: seen[job.id], at: elapsed) }
            seen = next
            return held.filter { job in
                guard let since = next[job.id]?.since else { return false }
                if job.lock.isEmpty { return elapsed - since >= patience }
                // It would have run out by now: the clock was set back, and it would last that much longer. How long
                // other clients hold theirs nobody knows.
                return LockToken.isOurs(job.lock) && elapsed - since >= lease
            }
        }
    }

    private static func sight(of job: Held, after known: Sight?, at elapsed: Duration) -> Sight {
        if let known, known.held.turn == job.turn,
            job.lock.isEmpty || known.held.lock == job.lock && known.held.until == job.until
        {
            return known
        }
        return Sight(held: job, since: elapsed)
    }
}
