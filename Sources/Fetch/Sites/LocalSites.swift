package import Model
import Synchronization

/// What one process knows of shops, for commands that have no database.
package final class LocalSites: SharedSites {
    private struct State {
        var sites: [String: SiteState] = [:]
        var starts: [String: Timestamp] = [:]
        var places: [String: (site: String, until: Timestamp)] = [:]
        var lastPlace = 0
    }

    private let policy: BreakerPolicy
    private let now: @Sendable () -> Timestamp
    private let state = Mutex(State())

    package init(policy: BreakerPolicy, now: @escaping @Sendable () -> Timestamp) {
        self.policy = policy
        self.now = now
    }

    package func view() -> SiteView {
        SiteView(now: now(), states: state.withLock(\.sites))
    }

    package func change(_ site: String, _ change: SiteState.Change) -> (state: SiteState, isGranted: Bool) {
        let now = now()
        return state.withLock { state in
            var known = state.sites[site] ?? SiteState()
            let isGranted = known.apply(change, now: now, policy: policy)
            state.sites[site] = known.isWell(at: now) ? nil : known
            return (known, isGranted)
        }
    }

    package func reserve(_ site: String, pause: Duration, concurrency: Int, lease: Duration) -> SiteTurn {
        let now = now()
        return state.withLock { state in
            state.places = state.places.filter { $0.value.until > now }
            let taken = state.places.values.filter { $0.site == site }.map(\.until)
            guard taken.count < concurrency else { return .full(askAgainAfter: SiteTurn.patience(pause: pause)) }
            let start = max(now, state.starts[site] ?? now)
            state.starts[site] = start + pause
            state.lastPlace += 1
            let place = "\(state.lastPlace)"
            state.places[place] = (site, start + lease)
            return .start(after: start - now, place: place)
        }
    }

    package func release(_ place: String) {
        state.withLock { $0.places[place] = nil }
    }
}

extension SiteTurn {
    /// How long to wait before asking for a place again: about as long as the next start is away, but not for ever.
    package static func patience(pause: Duration) -> Duration { max(.milliseconds(50), min(pause, .seconds(1))) }
}
