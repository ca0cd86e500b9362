import Model
import Synchronization

/// A job that somebody holds.
struct HeldJob: Hashable, Sendable {
    let id: String
    let lease: String
    let until: Timestamp
}

/// Knows for how long leases were not renewed, by a clock that nobody can set.
///
/// The end of a lease alone proves nothing: when the clock is set forward, every lease has run out at once while its
/// holder works on. Who is alive renews well within the patience.
final class LeaseWatch: Sendable {
    private let patience: Duration
    private let seen = Mutex<[String: (held: HeldJob, since: Duration)]>([:])

    init(patience: Duration) { self.patience = patience }

    /// These leases were just taken or renewed.
    func saw(_ held: [HeldJob], at elapsed: Duration) {
        seen.withLock { seen in
            for job in held { seen[job.id] = (job, elapsed) }
        }
    }

    /// Nobody holds these jobs any more, or another one does: a worker that never looks for dead ones itself would remember
    /// every job that it ever had.
    func forget(_ ids: [String]) {
        seen.withLock { seen in
            for id in ids { seen[id] = nil }
        }
    }

    /// Of all jobs that are held now, those that have been the same for the patience; the others are remembered.
    func unrenewed(_ held: [HeldJob], at elapsed: Duration) -> [HeldJob] {
        seen.withLock { seen in
            var next: [String: (held: HeldJob, since: Duration)] = [:]
            for job in held {
                let known = seen[job.id].flatMap { $0.held == job ? $0 : nil }
                next[job.id] = known ?? (job, elapsed)
            }
            seen = next
            return held.filter { job in next[job.id].map { elapsed - $0.since >= patience } ?? false }
        }
    }
}
