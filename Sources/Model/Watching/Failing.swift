/// A listing's checks in a row that told nothing about the price.
package struct Failing: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// It fails; nobody was told yet.
        case failing
        /// It fails, and its owner was told.
        case told
        /// It was read again; its owner, who was told that it fails, was not told that yet.
        case recovered
    }

    package var state: State
    /// When the first of the checks failed.
    package var since: Timestamp
    /// How the last of them ended.
    package var outcome: Outcome

    package init(state: State = .failing, since: Timestamp, outcome: Outcome) {
        self.state = state
        self.since = since
        self.outcome = outcome
    }

    /// Whether the last check failed.
    package var isFailing: Bool { state != .recovered }
}

extension Listing {
    /// Takes in a check that told nothing about the price.
    package mutating func fail(_ outcome: Outcome, at now: Timestamp) {
        failures += 1
        guard var failing, failing.isFailing else {
            failing = Failing(since: now, outcome: outcome)
            return
        }
        // The clock may have been set back.
        failing.since = min(failing.since, now)
        failing.outcome = outcome
        self.failing = failing
    }

    /// Takes in a check that saw the listing's state.
    package mutating func recover() {
        failures = 0
        switch failing?.state {
        case nil, .failing?: failing = nil
        case .told?: failing?.state = .recovered
        case .recovered?: break
        }
    }

    /// How long to wait for the next check after one that failed.
    ///
    /// As long as it has been failing already, so that a failure that lasts is asked after less and less often: at the
    /// least, half an hour where the shop did not answer, which may be over soon, an hour where the check itself failed,
    /// and the listing's interval for the rest; at the most a day, or the interval if that is longer.
    package func waitAfterFailure(at now: Timestamp) -> Duration {
        let shortest: Duration =
            switch failing?.outcome.trouble {
            case .connection: min(interval, .minutes(30))
            case .own: max(min(interval, .days(1)), .hours(1))
            case nil, .access, .reading, .address: min(interval, .days(1))
            }
        let failed = failing.map { now - $0.since } ?? .zero
        return min(max(failed, shortest), max(interval, .days(1)))
    }
}
