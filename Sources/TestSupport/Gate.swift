import Dispatch

/// Something that threads of a test server wait at until the test opens it; it stays open.
package final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    /// A closed one.
    package init() {}

    /// Lets everybody through, now and later.
    package func open() {
        semaphore.signal()
    }

    func wait() {
        semaphore.wait()
        semaphore.signal()
    }
}
