import Synchronization

/// A clock on which every wait is over at once, and which remembers them all.
package final class ImpatientClock: Clock {
    package struct Instant: InstantProtocol {
        let offset: Swift.Duration

        package func advanced(by span: Swift.Duration) -> Instant { Instant(offset: offset + span) }
        package func duration(to other: Instant) -> Swift.Duration { other.offset - offset }
        package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let waited = Mutex<[Swift.Duration]>([])

    package init() {}

    package var now: Instant { Instant(offset: waits.reduce(.zero, +)) }
    package var minimumResolution: Swift.Duration { .nanoseconds(1) }

    /// Each wait, in order.
    package var waits: [Swift.Duration] { waited.withLock { $0 } }

    package func sleep(until deadline: Instant, tolerance: Swift.Duration?) async throws {
        try Task.checkCancellation()
        let now = now
        waited.withLock { $0.append(now.duration(to: deadline)) }
        await Task.yield()
    }
}
