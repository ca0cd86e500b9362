import Model
package import SQL
package import Store
import Synchronization

/// Sees to it that of any number of processes one acts, and another one soon after that one is lost.
///
/// Who leads extends its time again and again, by the database's clock. One that was frozen for longer finds another
/// leader when it goes on: whatever it writes is refused, since it names its term.
package final class Leadership: Sendable {
    /// How long nobody takes over from one that gives no sign of life.
    package static let lease: Duration = .seconds(10)
    /// How often a leader gives one, and others ask.
    package static let interval: Duration = .seconds(2)

    private let lease: Duration
    private let part: String
    private let holder: String
    private let isGone: @Sendable (String) -> Bool
    private let database: any Database
    private let state = Mutex(State())

    private struct State {
        var term: LeaderTerm?
        /// Until when nobody else can have taken over, by a clock that nobody can set.
        var safeUntil = ContinuousClock.now
    }

    /// What came of asking.
    package enum Change: Hashable, Sendable {
        case none, won, lost
    }

    /// `holder` is how other processes know this one; `isGone` says whether such a one has ended, where that can be known.
    package init(
        part: String,
        holder: String,
        database: any Database,
        lease: Duration = Leadership.lease,
        isGone: @escaping @Sendable (String) -> Bool
    ) {
        self.lease = lease
        (self.part, self.holder, self.database, self.isGone) = (part, holder, database, isGone)
    }

    /// The term in which this process leads; nil while another one does, or may.
    package var term: LeaderTerm? {
        state.withLock { state in .now < state.safeUntil ? state.term : nil }
    }

    /// Extends this process' time, or takes over where nobody leads.
    package func renew() async throws -> Change {
        // From before it was asked: the answer may take its time.
        let asked = ContinuousClock.now
        let (part, holder, lease, isGone) = (part, holder, lease, isGone)
        let term = try await database.transaction(.locking) {
            try $0.lead(part, as: holder, for: lease, isGone: isGone)
        }
        return state.withLock { state in
            let before = state.term
            state.term = term
            state.safeUntil = asked + lease
            if before == term { return .none }
            return term == nil ? .lost : .won
        }
    }

    /// Lets others take over at once.
    package func resign() async throws {
        guard
            let term = state.withLock({ state in
                defer { state.term = nil }
                return state.term
            })
        else { return }
        try await database.transaction(.locking) { try $0.resign(term) }
    }
}
