package import Fetch
import Model
package import SQL
import Store

/// What all processes share about shops, in the database and by its clock.
package struct DatabaseSites: SharedSites {
    private let database: any Database
    private let policy: BreakerPolicy

    package init(database: any Database, policy: BreakerPolicy) {
        self.database = database
        self.policy = policy
    }

    package func view() async throws -> SiteView {
        try await database.read { connection in
            let rows = try connection.unwellSites()
            let states = Dictionary(uniqueKeysWithValues: rows.map { ($0.name, $0.state) })
            return SiteView(now: try connection.clock(), states: states)
        }
    }

    package func change(
        _ site: String,
        _ change: SiteState.Change
    ) async throws -> (state: SiteState, isGranted: Bool) {
        let policy = policy
        return try await database.transaction(.locking) { connection in
            try connection.lockSite(site)
            let now = try connection.clock()
            let before = try connection.site(site)
            var state = before?.state ?? SiteState()
            let isGranted = state.apply(change, now: now, policy: policy)
            if state != before?.state ?? SiteState() {
                try connection.save(SiteRow(state, of: site), now: now)
            }
            return (state, isGranted)
        }
    }

    package func reserve(
        _ site: String,
        pause: Duration,
        concurrency: Int,
        lease: Duration
    ) async throws -> SiteTurn {
        try await database.transaction(.locking) { connection in
            try connection.lockSite(site)
            let now = try connection.clock()
            guard try connection.countPlaces(at: site, now: now) < concurrency else {
                return .full(askAgainAfter: SiteTurn.patience(pause: pause))
            }
            let start = try connection.takeStart(at: site, pause: pause, concurrency: concurrency, now: now)
            let place = ID<SitePlace>.make(at: now)
            try connection.insertPlace(place, at: site, expires: start + lease)
            return .start(after: start - now, place: place.text)
        }
    }

    package func release(_ place: String) async throws {
        try await database.transaction(.locking) { try $0.deletePlace(ID(place)) }
    }
}

extension SiteRow {
    fileprivate init(_ state: SiteState, of name: String) {
        self.init(name: name)
        closedUntil = state.closedUntil
        closedStatus = state.closedStatus
        failures = state.failures
        openings = state.openings
        openUntil = state.openUntil
        probeUntil = state.probeUntil
        trouble = state.trouble
    }

    fileprivate var state: SiteState {
        var state = SiteState()
        state.closedUntil = closedUntil
        state.closedStatus = closedStatus
        state.failures = failures
        state.openings = openings
        state.openUntil = openUntil
        state.probeUntil = probeUntil
        state.trouble = trouble
        return state
    }
}
