import Model
import Queue
import Synchronization

/// The jobs that a worker works on now, and the tasks that do the work.
final class RunningJobs: Sendable {
    /// Why a job's work was told to stop.
    enum Stop: Sendable {
        /// Somebody else has the job now.
        case leaseLost
        /// The process ends.
        case shutdown
    }

    private struct Entry {
        let job: Job
        let work: Task<JobEnd, Never>
        var stop: Stop?
    }

    /// A lease alone may cover a whole batch, and a job whose lease was lost may come back under another.
    private struct Key: Hashable {
        let id: String
        let lease: String

        init(_ job: Job) {
            id = job.id
            lease = job.lease
        }
    }

    private let entries = Mutex<[Key: Entry]>([:])
    /// Rings whenever a job has ended.
    let ended = Bell()

    var count: Int { entries.withLock { $0.count } }
    var jobs: [Job] { entries.withLock { $0.values.map(\.job) } }

    func add(_ job: Job, _ work: Task<JobEnd, Never>) {
        entries.withLock { $0[Key(job)] = Entry(job: job, work: work) }
    }

    /// Says why the work was told to stop; nil when it ended by itself.
    func remove(_ job: Job) -> Stop? {
        let entry = entries.withLock { $0.removeValue(forKey: Key(job)) }
        ended.ring()
        return entry?.stop
    }

    /// Cancels the work on these jobs.
    func stop(_ jobs: [Job], because stop: Stop) {
        for job in jobs {
            let work = entries.withLock { entries -> Task<JobEnd, Never>? in
                entries[Key(job)]?.stop = stop
                return entries[Key(job)]?.work
            }
            work?.cancel()
        }
    }

    /// Returns when no job is left, at the latest after `limit`; at once when the task is cancelled.
    func waitUntilEmpty(upTo limit: Duration) async {
        let end = ContinuousClock.now + limit
        while count > 0, !Task.isCancelled {
            let rest = end - .now
            guard rest > .zero else { return }
            await ended.wait(upTo: rest)
        }
    }
}
