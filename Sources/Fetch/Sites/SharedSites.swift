package import Model

/// What all processes of an installation share about shops.
///
/// Its clock is one for all of them. Throws what the place where it is kept throws.
package protocol SharedSites: Sendable {
    /// All shops that are not simply well.
    func view() async throws -> SiteView

    /// Applies a change at once for everybody; `isGranted` is false for a probe that somebody else makes already.
    func change(_ site: String, _ change: SiteState.Change) async throws -> (state: SiteState, isGranted: Bool)

    /// Asks for the next start at a shop where no more than `concurrency` run at once and starts lie `pause` apart.
    ///
    /// The place is given back after `lease`, counted from the start, even if nobody does: its process may have died.
    func reserve(_ site: String, pause: Duration, concurrency: Int, lease: Duration) async throws -> SiteTurn

    /// Gives a place back.
    func release(_ place: String) async throws
}

/// What is known at one moment.
package struct SiteView: Hashable, Sendable {
    /// By the clock that all share.
    package let now: Timestamp
    package let states: [String: SiteState]

    package init(now: Timestamp, states: [String: SiteState]) {
        self.now = now
        self.states = states
    }
}

/// What came of asking for a start.
package enum SiteTurn: Hashable, Sendable {
    /// Start after this span; `place` is given back when the exchange has ended.
    case start(after: Duration, place: String)
    /// All places are taken; ask again after this span.
    case full(askAgainAfter: Duration)
}
