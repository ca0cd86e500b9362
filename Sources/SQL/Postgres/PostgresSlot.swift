import Dispatch

/// A place in the pool: a thread, and the connection that is used on it, once somebody needed one.
///
/// libpq blocks, so it never runs on the cooperative pool.
final class PostgresSlot: @unchecked Sendable {
    private let queue: DispatchQueue
    /// Touched on `queue` only, which is what makes the class safe to send.
    private var link: PostgresLink?

    init(number: Int) {
        queue = DispatchQueue(label: "postgres-\(number)")
    }

    /// Runs work on the slot's thread, with a connection if there is one.
    ///
    /// `work` may open, replace or close it.
    func perform<T: Sendable>(_ work: @escaping @Sendable (inout PostgresLink?) -> T) async -> T {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work(&self.link)) }
        }
    }
}
