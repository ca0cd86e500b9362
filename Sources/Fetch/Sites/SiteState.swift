package import Model

/// When a shop that fails again and again is left alone.
package struct BreakerPolicy: Hashable, Sendable {
    /// How many failures in a row open it; 0: it never opens.
    package var failures: Int
    /// How long it stays open at first; twice as long after each probe that failed.
    package var firstPause: Duration
    /// The longest it stays open.
    package var longestPause: Duration

    package init(
        failures: Int = 10,
        firstPause: Duration = .seconds(60),
        longestPause: Duration = .seconds(3600)
    ) {
        self.failures = failures
        self.firstPause = firstPause
        self.longestPause = longestPause
    }

    /// The pause after the breaker opened for the time number `opening`, from 1.
    func pause(opening: Int) -> Duration {
        Backoff(base: firstPause, limit: longestPause).delay(afterAttempt: opening)
    }
}

/// What all processes know of a shop that is not simply well: how often it failed, and until when nobody asks it.
///
/// A value: whoever holds it (a database, a process) applies changes to it, and the rules are here.
package struct SiteState: Hashable, Sendable {
    /// The shop asked to be left alone until then.
    package var closedUntil: Timestamp?
    /// The status with which it asked.
    package var closedStatus: Int?
    /// Failures in a row.
    package var failures = 0
    /// How often in a row the breaker opened; half open, it counts on.
    package var openings = 0
    /// The breaker is open until then; afterwards one request at a time may try.
    package var openUntil: Timestamp?
    /// That request has until then to say how it went.
    package var probeUntil: Timestamp?
    /// The last failure, in a few words that complete “the last time …”.
    package var trouble: String?

    package init() {}

    /// Whether there is nothing to remember.
    package func isWell(at now: Timestamp) -> Bool {
        failures == 0 && openUntil == nil && (closedUntil ?? now) <= now
    }

    /// How long a probe has to say how it went.
    static let probeTime: Duration = .seconds(120)

    /// Something that happened at a shop, to be applied to what is known of it.
    package enum Change: Hashable, Sendable {
        /// It asked to be left alone, in an answer with this status.
        case closed(for: Duration, status: Int)
        /// `spread` is 0…1, so that not all shops open at one moment.
        case failed(String, spread: Double)
        case succeeded
        /// The breaker's pause is over, and somebody wants to try.
        case probing
    }

    /// Whether a probe may go; true for every other change.
    package mutating func apply(_ change: Change, now: Timestamp, policy: BreakerPolicy) -> Bool {
        self = withoutFarTimes(now)
        switch change {
        case .closed(let span, let status):
            closedUntil = max(closedUntil ?? now, now + span)
            closedStatus = status
            failures += 1
        case .failed(let why, let spread):
            failures += 1
            trouble = why
            // Answers to what was asked before it opened say nothing new.
            let isShut = openUntil.map { $0 > now } ?? false
            guard policy.failures > 0, failures >= policy.failures, !isShut else { break }
            openings += 1
            let pause = policy.pause(opening: openings)
            openUntil = now + pause + pause * (max(0, min(spread, 1)) * 0.1)
            probeUntil = nil
        case .succeeded:
            let closing = (closedUntil, closedStatus)
            self = Self()
            // Another answer that was under way does not take back what the shop asked for.
            if let until = closing.0, until > now { (closedUntil, closedStatus) = closing }
        case .probing:
            guard let openUntil else { return true }
            guard openUntil <= now, (probeUntil ?? now) <= now else { return false }
            probeUntil = now + Self.probeTime
        }
        return true
    }

    /// Whether the shop may be asked.
    enum Gate: Hashable {
        case open
        /// The breaker is half open: somebody has to try, one at a time.
        case halfOpen
        case closed(until: Timestamp, status: Int)
        case broken(until: Timestamp)
    }

    func gate(at now: Timestamp) -> Gate { withoutFarTimes(now).plainGate(at: now) }

    /// No shop is left alone for longer: a time further away was written while the clock was wrong.
    private static let longestWait: Duration = .days(2)

    private func withoutFarTimes(_ now: Timestamp) -> Self {
        let furthest = now + Self.longestWait
        var state = self
        if let time = closedUntil, time > furthest { (state.closedUntil, state.closedStatus) = (nil, nil) }
        if let time = openUntil, time > furthest { state.openUntil = now }
        if let time = probeUntil, time > furthest { state.probeUntil = nil }
        return state
    }

    private func plainGate(at now: Timestamp) -> Gate {
        if let closedUntil, closedUntil > now { return .closed(until: closedUntil, status: closedStatus ?? 0) }
        guard let openUntil else { return .open }
        if openUntil > now { return .broken(until: openUntil) }
        if let probeUntil, probeUntil > now { return .broken(until: probeUntil) }
        return .halfOpen
    }
}
