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
        /// It took longer than it may.
        case deadline
    }

    private struct Entry {
        let job: Job
        let work: Task<JobEnd, Never>
        let began = ContinuousClock.now
        var stop: Stop?

        /// By how much it is late; nil while it is not.
        var lateness: Duration? {
            guard let deadline = job.deadline else { return nil }
            let late = ContinuousClock.now - began - deadline
            return late >= .zero ? late : nil
        }
    }

    /// How long work may take to stop after its deadline; then the job is left to others.
    static let patience: Duration = .seconds(60)

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
    private let isStopping = Mutex(false)

    /// Those whose lease is still to be renewed: all but those that do not heed their deadline.
    var kept: [Job] {
        entries.withLock { $0.values.filter { ($0.lateness ?? .zero) < Self.patience }.map(\.job) }
    }

    func add(_ job: Job, _ work: Task<JobEnd, Never>) {
        entries.withLock { $0[Key(job)] = Entry(job: job, work: work) }
        if isStopping.withLock({ $0 }) { stop([job], because: .shutdown) }
    }

    /// Says why the work was told to stop; nil when it ended by itself.
    func remove(_ job: Job) -> Stop? {
        entries.withLock { $0.removeValue(forKey: Key(job)) }?.stop
    }

    /// Cancels the work that has passed its deadline, once.
    func stopLate() {
        let late = entries.withLock { $0.values.filter { $0.stop == nil && $0.lateness != nil }.map(\.job) }
        stop(late, because: .deadline)
    }

    /// Cancels all work, that which begins from now on too.
    func stopAll() {
        isStopping.withLock { $0 = true }
        stop(entries.withLock { $0.values.map(\.job) }, because: .shutdown)
    }

    /// Cancels the work on these jobs.
    ///
    /// That a lease was lost counts more than any other reason, but cuts nothing short that is better let to its end.
    func stop(_ jobs: [Job], because stop: Stop) {
        for job in jobs {
            let work = entries.withLock { entries -> Task<JobEnd, Never>? in
                if entries[Key(job)]?.stop == nil || stop == .leaseLost { entries[Key(job)]?.stop = stop }
                return entries[Key(job)]?.work
            }
            if stop == .leaseLost, job.name.isLetToItsEnd { continue }
            work?.cancel()
        }
    }
}
