import Dispatch
import Synchronization

/// Threads for work that takes long without waiting, so that the cooperative pool stays free to answer.
struct BlockingQueue: Sendable {
    private let queue: DispatchQueue

    /// A concurrent one runs as many pieces at once as there are cores.
    init(label: String, isConcurrent: Bool) {
        queue = DispatchQueue(label: label, qos: .utility, attributes: isConcurrent ? .concurrent : [])
    }

    /// Throws `CancellationError` as soon as its task is cancelled.
    ///
    /// Work that has begun by then can't be stopped: its thread runs it to its end, and what it gives is dropped. So it
    /// must have no effect.
    func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        let caller = Caller<T>()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard caller.wait(continuation) else { return }
                queue.async {
                    guard caller.isWaiting else { return }
                    caller.answer(Result { try work() })
                }
            }
        } onCancel: {
            caller.answer(.failure(CancellationError()))
        }
    }
}

/// Who waits for work; is answered once.
private final class Caller<T: Sendable>: Sendable {
    private enum State {
        /// With the answer that came first.
        case arriving(Result<T, any Error>?)
        case waiting(CheckedContinuation<T, any Error>)
        case answered
    }

    private let state = Mutex(State.arriving(nil))

    var isWaiting: Bool {
        state.withLock { if case .waiting = $0 { true } else { false } }
    }

    /// False when there was an answer already, which the caller has now.
    func wait(_ continuation: CheckedContinuation<T, any Error>) -> Bool {
        let early: Result<T, any Error>? = state.withLock { state in
            guard case .arriving(let early) = state else { return nil }
            state = early == nil ? .waiting(continuation) : .answered
            return early
        }
        if let early { continuation.resume(with: early) }
        return early == nil
    }

    func answer(_ result: Result<T, any Error>) {
        let continuation: CheckedContinuation<T, any Error>? = state.withLock { state in
            switch state {
            case .arriving(nil):
                state = .arriving(result)
                return nil
            case .waiting(let continuation):
                state = .answered
                return continuation
            case .arriving, .answered: return nil
            }
        }
        continuation?.resume(with: result)
    }
}
