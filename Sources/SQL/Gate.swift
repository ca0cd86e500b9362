import Synchronization

/// Counts the work that is running, so that closing can wait for it and refuse what comes later.
final class Gate: Sendable {
    private struct State {
        var running = 0
        var isClosed = false
        var closers: [CheckedContinuation<Void, Never>] = []

        mutating func takeClosersIfIdle() -> [CheckedContinuation<Void, Never>] {
            guard running == 0 else { return [] }
            defer { closers = [] }
            return closers
        }
    }

    private let state = Mutex(State())

    /// Every `enter` that returns is followed by one `leave`.
    func enter() throws(SQLError) {
        let isOpen = state.withLock { state in
            if !state.isClosed { state.running += 1 }
            return !state.isClosed
        }
        guard isOpen else { throw .closed }
    }

    func leave() {
        let closers = state.withLock { state in
            state.running -= 1
            return state.takeClosersIfIdle()
        }
        for closer in closers { closer.resume() }
    }

    /// Returns when nothing runs any more; may be called more than once.
    func close() async {
        await withCheckedContinuation { continuation in
            let closers = state.withLock { state in
                state.isClosed = true
                state.closers.append(continuation)
                return state.takeClosersIfIdle()
            }
            for closer in closers { closer.resume() }
        }
    }
}
