import Model
import Synchronization

/// Which messages this process is sending, and which it has sent but could not write down yet.
///
/// A job's lease keeps other workers away; it can run out while its holder goes on, when the machine sleeps or the
/// database is stuck. Then the next turn, here, must not send a second copy.
final class DeliveryTurns: Sendable {
    enum Turn: Hashable, Sendable {
        case free, busy
        /// Only to be written down.
        case delivered
    }

    private struct State {
        var sending: Set<ID<OutboxMessage>> = []
        var delivered: Set<ID<OutboxMessage>> = []
    }

    private let state = Mutex(State())

    /// Unless it is busy, the turn is the caller's until `end`.
    func begin(_ id: ID<OutboxMessage>) -> Turn {
        state.withLock { state in
            guard state.sending.insert(id).inserted else { return .busy }
            return state.delivered.contains(id) ? .delivered : .free
        }
    }

    func end(_ id: ID<OutboxMessage>) { state.withLock { _ = $0.sending.remove(id) } }

    /// The receiver has it.
    func keep(_ id: ID<OutboxMessage>) { state.withLock { _ = $0.delivered.insert(id) } }

    /// It is written down.
    func forget(_ id: ID<OutboxMessage>) { state.withLock { _ = $0.delivered.remove(id) } }
}
