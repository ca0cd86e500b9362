import Synchronization

/// Wakes the one task that waits; a ring while nobody waits is kept.
final class Bell: Sendable {
    private struct State {
        var hasRung = false
        var waiter: CheckedContinuation<Void, Never>?
        /// Tells one wait from the next, for what comes too late.
        var turn = 0
        /// The wait that was ended; it may not have begun yet.
        var endedTurn = 0
    }

    private let state = Mutex(State())

    func ring() {
        let waiter = state.withLock { state in
            state.hasRung = state.waiter == nil
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Returns when the bell has rung, at the latest after `limit`; at once when the task is cancelled.
    func wait(upTo limit: Duration) async {
        let turn = state.withLock { state in
            state.turn += 1
            return state.turn
        }
        // Owned by this call, which ends it.
        let alarm = Task {
            // Cancelled when the bell rang first; then there is nothing left to end.
            try? await Task.sleep(for: limit)
            end(turn)
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard !state.hasRung, state.endedTurn != turn else {
                        state.hasRung = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            end(turn)
        }
        alarm.cancel()
    }

    private func end(_ turn: Int) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.turn == turn else { return nil }
            state.endedTurn = turn
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}
