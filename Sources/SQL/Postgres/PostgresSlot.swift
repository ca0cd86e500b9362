/// A place in the pool: a thread, and the connection that is used on it, once somebody needed one.
///
/// libpq blocks, so it never runs on the cooperative pool.
final class PostgresSlot: @unchecked Sendable {
    private let thread = WorkThread()
    /// Touched on `thread` only, which is what makes the class safe to send.
    private var link: PostgresLink?

    /// Runs work on the slot's thread, with a connection if there is one.
    ///
    /// `work` may open, replace or close it.
    func perform<T: Sendable>(_ work: @escaping @Sendable (inout PostgresLink?) -> T) async -> T {
        await withCheckedContinuation { continuation in
            thread.run { continuation.resume(returning: work(&self.link)) }
        }
    }
}
