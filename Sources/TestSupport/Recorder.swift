import Synchronization

/// Remembers values in the order they came, from any thread.
package final class Recorder<Value: Sendable>: Sendable {
    private let recorded = Mutex<[Value]>([])

    /// Nothing recorded yet.
    package init() {}

    /// Adds one.
    package func record(_ value: Value) {
        recorded.withLock { $0.append(value) }
    }

    /// Everything so far, oldest first.
    package var values: [Value] { recorded.withLock { $0 } }
}
