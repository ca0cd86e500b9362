import Dispatch
import Synchronization

/// Threads for work that takes long without waiting, so that the cooperative pool stays free to answer.
struct BlockingQueue: Sendable {
    private let queue: DispatchQueue

    /// A concurrent one runs as many pieces at once as there are cores.
    init(label: String, isConcurrent: Bool) {
        queue = DispatchQueue(label: label, qos: .utility, attributes: isConcurrent ? .concurrent : [])
    }

    /// Throws `CancellationError` for work that has not begun when its task is cancelled; what has begun runs to its end.
    func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        let flag = Flag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.async {
                    continuation.resume(
                        with: Result {
                            if flag.isSet { throw CancellationError() }
                            return try work()
                        }
                    )
                }
            }
        } onCancel: {
            flag.set()
        }
    }
}

/// Says to a thread that nobody waits for it any more.
private final class Flag: Sendable {
    private let value = Mutex(false)

    var isSet: Bool { value.withLock { $0 } }

    func set() {
        value.withLock { $0 = true }
    }
}
