import CCurl
import Synchronization

/// What other threads tell the thread that owns the multi handle.
final class TransferInbox: Sendable {
    enum Command: Sendable {
        case start(Int, TransferMaker)
        case cancel(Int)
    }

    private struct State: Sendable {
        var commands: [Command] = []
        var isClosing = false
        var hasEnded = false
        var closers: [CheckedContinuation<Void, Never>] = []
        var multi: MultiPointer?
    }

    /// libcurl documents `curl_multi_wakeup` as the one call on a multi handle that any thread may make; it is made
    /// only under the lock, and the owner takes the pointer away under the same lock before it frees the handle.
    private struct MultiPointer: @unchecked Sendable {
        let pointer: UnsafeMutableRawPointer
    }

    private let state = Mutex(State())
    private let lastTicket = Atomic(0)

    /// Never the same twice.
    func newTicket() -> Int { lastTicket.add(1, ordering: .relaxed).newValue }

    /// false: the thread takes nothing more, and the caller has to be told.
    func push(_ command: Command) -> Bool {
        state.withLock { state in
            guard !state.isClosing else { return false }
            state.commands.append(command)
            // A wake-up is under way already where something waits.
            if state.commands.count == 1, let multi = state.multi { curl_multi_wakeup(multi.pointer) }
            return true
        }
    }

    /// Asks the thread to end, without waiting for it.
    func close() {
        state.withLock { state in
            state.isClosing = true
            if let multi = state.multi { curl_multi_wakeup(multi.pointer) }
        }
    }

    /// Asks the thread to end, and waits until it has.
    func closeAndWait() async {
        close()
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.hasEnded { state.closers.append(continuation) }
                return state.hasEnded
            }
            if isOver { continuation.resume() }
        }
    }

    // The rest is for the owning thread.

    func open(_ multi: UnsafeMutableRawPointer) {
        state.withLock { $0.multi = MultiPointer(pointer: multi) }
    }

    /// What was told since the last call, and whether to end.
    func take() -> (commands: [Command], isClosing: Bool) {
        state.withLock { state in
            let commands = state.commands
            state.commands.removeAll()
            return (commands, state.isClosing)
        }
    }

    /// Called before the multi handle is freed.
    func detach() {
        state.withLock { $0.multi = nil }
    }

    func ended() {
        let closers = state.withLock { state in
            state.hasEnded = true
            defer { state.closers.removeAll() }
            return state.closers
        }
        for closer in closers { closer.resume() }
    }
}
