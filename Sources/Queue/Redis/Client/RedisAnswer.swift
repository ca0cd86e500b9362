import Synchronization

/// The answer to one who waits for it; the first one counts.
final class RedisAnswer: Sendable {
    private typealias Waiter = CheckedContinuation<Result<[RedisReply], RedisError>, Never>

    private let waiter: Mutex<Waiter?>

    init(_ waiter: CheckedContinuation<Result<[RedisReply], RedisError>, Never>) { self.waiter = Mutex(waiter) }

    /// Whether there was none yet.
    var isAwaited: Bool { waiter.withLock { $0 != nil } }

    func give(_ answer: Result<[RedisReply], RedisError>) {
        let waiter = waiter.withLock { waiter in
            defer { waiter = nil }
            return waiter
        }
        waiter?.resume(returning: answer)
    }
}
