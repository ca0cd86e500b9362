import Synchronization

/// Whether something was so at the last look.
final class ChangeFlag: Sendable {
    private let value = Mutex(false)

    /// True when it was otherwise before.
    func change(to isSo: Bool) -> Bool {
        value.withLock { value in
            defer { value = isSo }
            return value != isSo
        }
    }
}
