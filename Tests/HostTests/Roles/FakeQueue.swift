import Model
import Queue
import SQL
import Synchronization

/// A queue that hands out what the test gives it and remembers how it ended.
final class FakeQueue: Queue {
    private struct State {
        var waiting: [Job] = []
        var ends: [String: JobEnd] = [:]
        var takeFailures = 0
        var taken = 0
        var paused: Timestamp?
        var renewals = 0
        var lost: Set<String> = []
        var watchers: [(condition: @Sendable (State) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state: Mutex<State>

    init(_ ids: [String], takeFailures: Int = 0, deadline: Duration? = nil, name: JobName = .checkPrice) {
        let jobs = ids.map { id in
            Job(
                id: id,
                name: name,
                payload: "{}",
                attempt: 1,
                attempts: 3,
                added: Timestamp(milliseconds: 0),
                deadline: deadline,
                // One for a whole batch, as the database queue does it.
                lease: "lease"
            )
        }
        state = Mutex(State(waiting: jobs, takeFailures: takeFailures))
    }

    var renewals: Int { state.withLock { $0.renewals } }

    /// How many jobs were handed out.
    var taken: Int { state.withLock { $0.taken } }

    /// The queue can't be reached for the next `times` calls.
    func fail(times: Int) { change { $0.takeFailures = times } }

    /// From now on `renew` says that these jobs' leases are lost.
    func lose(_ id: String) { change { _ = $0.lost.insert(id) } }

    /// How the first `count` jobs ended, as soon as they have.
    func ends(_ count: Int) async -> [String: JobEnd] {
        await wait { $0.ends.count >= count }
        return state.withLock { $0.ends }
    }

    private func wait(_ condition: @escaping @Sendable (State) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isTrue = state.withLock { state in
                if condition(state) { return true }
                state.watchers.append((condition, continuation))
                return false
            }
            if isTrue { continuation.resume() }
        }
    }

    private func change<T: Sendable>(_ change: (inout sending State) throws -> T) rethrows -> T {
        let (result, ready) = try state.withLock { state in
            let result = try change(&state)
            let current = state
            let ready = current.watchers.filter { $0.condition(current) }.map(\.continuation)
            state.watchers.removeAll { $0.condition(current) }
            return (result, ready)
        }
        for continuation in ready { continuation.resume() }
        return result
    }

    func add(_ jobs: [NewJob]) async throws -> Int { 0 }

    func settle(_ ends: [EndedJob], thenTake limit: Int, worker: String) async throws -> Settlement {
        struct Unreachable: Error {}
        return try change { state in
            if state.takeFailures > 0 {
                state.takeFailures -= 1
                throw Unreachable()
            }
            for ended in ends { state.ends[ended.job.id] = ended.end }
            state.taken += min(limit, state.waiting.count)
            defer { state.waiting.removeFirst(min(limit, state.waiting.count)) }
            return Settlement(taken: Array(state.waiting.prefix(limit)))
        }
    }

    func renew(_ jobs: [Job]) async throws -> [Job] {
        // As a real queue does, it waits for something; coming back must not need the pool either.
        await Task.yield()
        return change { state in
            state.renewals += 1
            return jobs.filter { state.lost.contains($0.id) }
        }
    }

    func listen() async {}
    func waitForJobs(upTo limit: Duration) async { try? await Task.sleep(for: limit) }
    func recoverStalled() async throws -> Int { 0 }
    func counts() async throws -> QueueCounts {
        QueueCounts(waiting: state.withLock { $0.waiting.count }, delayed: 3, active: 4, failed: 5)
    }
    func failures(of ids: [String]) async throws -> [String: String] { [:] }
    func jobs(_ state: JobState, limit: Int, offset: Int) async throws -> [KeptJob] { [] }
    func retry(_ id: String) async throws -> Bool { false }
    func remove(_ id: String) async throws -> Bool { false }
    func isPending(_ id: String) async throws -> Bool { false }
    func longestWait() async throws -> Duration? { state.withLock { $0.waiting.isEmpty ? nil : .milliseconds(1500) } }
    func pause() async throws { change { $0.paused = Timestamp(milliseconds: 60_000) } }
    func resume() async throws { change { $0.paused = nil } }
    func pausedSince() async throws -> Timestamp? { state.withLock { $0.paused } }
    func upsert(_ scheduler: JobScheduler) async throws {}
    func removeScheduler(_ id: String) async throws -> Bool { false }
    func schedulers() async throws -> [KeptJobScheduler] { [] }
    func ping() async throws {}
    func fenced(by fence: Fence) -> any Queue { self }
}
