/// How long to wait before the next try: doubles from `base` to `limit`.
package struct Backoff: Hashable, Sendable {
    package let base: Duration
    package let limit: Duration

    package init(base: Duration, limit: Duration) {
        self.base = base
        self.limit = limit
    }

    /// 5 s, 10 s, 20 s … 1 h.
    package static let standard = Backoff(base: .seconds(5), limit: .hours(1))

    /// The wait after the try number `attempt` (from 1) failed.
    package func delay(afterAttempt attempt: Int) -> Duration {
        var delay = base
        // More doublings change nothing, and a base of zero must not count to the end of the integers.
        for _ in 1..<min(max(attempt, 1), 100) {
            delay = delay * 2
            if delay >= limit { return limit }
        }
        return min(delay, limit)
    }
}
