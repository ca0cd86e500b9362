import Synchronization

/// Wakes those of this process who wait for jobs.
///
/// Nothing is missed between looking and waiting: who waits names the generation it saw before it looked.
final class JobSignal: Sendable {
    private struct State {
        var generation = 0
        var nextSleeper = 0
        var sleepers: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    var generation: Int { state.withLock { $0.generation } }

    func send() {
        let sleepers = state.withLock { state in
            state.generation += 1
            defer { state.sleepers = [:] }
            return state.sleepers
        }
        for sleeper in sleepers.values { sleeper.resume() }
    }

    /// Returns when a signal came after `generation`, when `limit` is over or when the task is cancelled.
    func wait(after generation: Int, upTo limit: Duration) async {
        await withTaskGroup { group in
            group.addTask { await self.wait(after: generation) }
            // Ends early only when the group is cancelled, and then there is nothing more to wait for.
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }

    private func wait(after generation: Int) async {
        let sleeper = state.withLock { state in
            state.nextSleeper += 1
            return state.nextSleeper
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    // A cancellation after this look finds the sleeper, since it takes the lock too.
                    if state.generation != generation || Task.isCancelled { return true }
                    state.sleepers[sleeper] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: sleeper) }?.resume()
        }
    }
}
