import Synchronization

/// Tells other tasks whether to go on.
final class Flag: Sendable {
    private let value = Atomic(true)

    var isOn: Bool {
        get { value.load(ordering: .relaxed) }
        set { value.store(newValue, ordering: .relaxed) }
    }
}
