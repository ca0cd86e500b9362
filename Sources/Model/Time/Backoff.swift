/// How long to wait before the next try: doubles from `base` to `limit`; the same each time where the two are equal.
package struct Backoff: Hashable, Sendable {
    package let base: Duration
    package let limit: Duration
    /// The share of a wait that is left to chance, in percent, 0…100: with 20 it is between 80 % and all of its length.
    ///
    /// Jobs that failed together, since one thing they need was down, then do not come back together.
    package let jitterPercent: Int

    package init(base: Duration, limit: Duration, jitterPercent: Int = 0) {
        self.base = base
        self.limit = limit
        self.jitterPercent = jitterPercent
    }

    /// 5 s, 10 s, 20 s … 1 h.
    package static let standard = Backoff(base: .seconds(5), limit: .hours(1))

    /// The same wait after each failure.
    package static func fixed(_ wait: Duration, jitterPercent: Int = 0) -> Self {
        Self(base: wait, limit: wait, jitterPercent: jitterPercent)
    }

    /// The wait after the try number `attempt` (from 1) failed, without chance.
    package func delay(afterAttempt attempt: Int) -> Duration {
        var delay = base
        // More doublings change nothing, and a base of zero must not count to the end of the integers.
        for _ in 1..<min(max(attempt, 1), 100) {
            delay = delay * 2
            if delay >= limit { return limit }
        }
        return min(delay, limit)
    }

    /// The wait after the try number `attempt` (from 1) failed; `chance` is from 0 up to, without, 1.
    package func delay(afterAttempt attempt: Int, chance: Double) -> Duration {
        let longest = delay(afterAttempt: attempt)
        let share = Double(min(max(jitterPercent, 0), 100)) / 100
        guard share > 0 else { return longest }
        // In whole milliseconds: a duration times a fraction would carry attoseconds nobody means.
        let milliseconds = Double(longest.wholeMilliseconds)
        return .milliseconds(Int(milliseconds * (1 - share) + milliseconds * share * min(max(chance, 0), 1)))
    }
}
