import Synchronization

/// True the first time it is asked.
final class Once: Sendable {
    private let wasAsked = Atomic(false)

    var isFirst: Bool { !wasAsked.exchange(true, ordering: .relaxed) }
}
