import Synchronization

/// How far somebody came who does a little at a time.
final class Position: Sendable {
    private let place = Mutex(0)

    var current: Int { place.withLock { $0 } }

    func move(to next: Int) { place.withLock { $0 = next } }
}
