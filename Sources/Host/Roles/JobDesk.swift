import Queue
import Synchronization

/// Between the clerk who speaks with the queue and those who do the work: jobs that were taken and not begun, and jobs
/// that ended and are not written down.
final class JobDesk: Sendable {
    private struct State {
        var ready: [Job] = []
        var idle: [CheckedContinuation<Job?, Never>] = []
        var ended: [EndedJob] = []
        /// How many ended since the clerk last looked.
        var recent = 0
        var working = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    /// Rings whenever a job has ended.
    let changed = Bell()

    /// How many jobs are worked on.
    var working: Int { state.withLock { $0.working } }

    /// Jobs in hand, begun or not.
    var inHand: Int { state.withLock { $0.ready.count + $0.working } }

    /// All jobs that are held but not worked on: those not begun and those whose end is not written down.
    var resting: [Job] { state.withLock { $0.ready + $0.ended.map(\.job) } }

    /// Jobs that wait for somebody to begin them.
    var unbegun: [Job] { state.withLock { $0.ready } }

    /// Hands out jobs to whoever is idle; the others wait for somebody.
    func put(_ jobs: [Job]) {
        let handed = state.withLock { state -> [(CheckedContinuation<Job?, Never>, Job)] in
            state.ready += jobs
            let count = min(state.idle.count, state.ready.count)
            let handed = Array(zip(state.idle.prefix(count), state.ready.prefix(count)))
            state.idle.removeFirst(count)
            state.ready.removeFirst(count)
            state.working += count
            return handed
        }
        for (idle, job) in handed { idle.resume(returning: job) }
    }

    /// The next job to work on, as soon as there is one; nil when there will be no more.
    func next() async -> Job? {
        await withCheckedContinuation { continuation in
            let job = state.withLock { state -> Job?? in
                if state.isClosed { return .some(nil) }
                guard !state.ready.isEmpty else {
                    state.idle.append(continuation)
                    return nil
                }
                state.working += 1
                return state.ready.removeFirst()
            }
            if let job { continuation.resume(returning: job) }
        }
    }

    /// A job's work is over; `end` is nil where another worker has the job now.
    ///
    /// `note` is why one that finished had nothing to do.
    func ended(_ job: Job, _ end: JobEnd?, note: String? = nil) {
        state.withLock { state in
            state.working -= 1
            state.recent += 1
            if let end { state.ended.append(EndedJob(job, end, note: note)) }
        }
        changed.ring()
    }

    /// The ends that are to be written down, and how many jobs ended since the last question.
    ///
    /// They stay on the desk until `wrote`.
    func ends() -> (ends: [EndedJob], recent: Int) {
        state.withLock { state in
            defer { state.recent = 0 }
            return (state.ended, state.recent)
        }
    }

    /// The first `count` ends are written down.
    func wrote(_ count: Int) { state.withLock { $0.ended.removeFirst(count) } }

    /// Forgets jobs that were not begun and belong to another worker now.
    func forget(_ jobs: [Job]) { state.withLock { $0.ready.removeAll { jobs.contains($0) } } }

    /// No more work is handed out; what was not begun is to be given back.
    func close() {
        let idle = state.withLock { state in
            state.isClosed = true
            state.ended += state.ready.map { EndedJob($0, .giveBack) }
            state.ready = []
            defer { state.idle = [] }
            return state.idle
        }
        for idle in idle { idle.resume(returning: nil) }
    }
}
