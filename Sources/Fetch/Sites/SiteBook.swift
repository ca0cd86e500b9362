import Model
import PluginAPI
import Synchronization

/// What this process knows of shops that are not well, at most a second old, so that asking costs nothing.
///
/// Changes are written at once, and only when something changes.
final class SiteBook: Sendable {
    private struct State {
        var view: SiteView?
        var readAt: ContinuousClock.Instant?
        var isReading = false
    }

    private let shared: any SharedSites
    private let state = Mutex(State())
    private let metrics: SiteMetrics
    private static let freshness: Duration = .seconds(1)

    init(shared: any SharedSites, metrics: SiteMetrics) {
        self.shared = shared
        self.metrics = metrics
    }

    /// What is known, and the shared clock's time; nil for a shop that is well.
    func known(_ site: String) async throws -> (state: SiteState, now: Timestamp)? {
        try await refresh()
        return state.withLock { state in
            guard let view = state.view, let readAt = state.readAt, let known = view.states[site] else { return nil }
            return (known, view.now + (ContinuousClock.now - readAt))
        }
    }

    /// Applies a change for everybody.
    func change(_ site: String, _ change: SiteState.Change) async throws -> (state: SiteState, isGranted: Bool) {
        let result = try await shared.change(site, change)
        state.withLock { state in
            guard let view = state.view else { return }
            var states = view.states
            states[site] = result.state.failures == 0 && result.state.closedUntil == nil ? nil : result.state
            state.view = SiteView(now: view.now, states: states)
        }
        return result
    }

    /// The first one waits for what is read; the others go on with what was known before.
    private func refresh() async throws {
        let now = ContinuousClock.now
        let isMine = state.withLock { state in
            // Without anything to go by, everybody waits for their own.
            if let readAt = state.readAt, now - readAt < Self.freshness || state.isReading { return false }
            state.isReading = true
            return true
        }
        guard isMine else { return }
        do {
            let view = try await shared.view()
            metrics.saw(view)
            state.withLock { state in
                state.view = view
                state.readAt = now
                state.isReading = false
            }
        } catch {
            state.withLock { $0.isReading = false }
            throw error
        }
    }
}
