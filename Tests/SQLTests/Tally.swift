import Synchronization

/// What closures on different threads noted, in order.
final class Tally: Sendable {
    private let entries = Mutex<[Int]>([])

    var all: [Int] { entries.withLock { $0 } }

    func note(_ entry: Int) { entries.withLock { $0.append(entry) } }
}
