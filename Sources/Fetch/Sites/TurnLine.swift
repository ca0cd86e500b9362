import Synchronization

/// Lets few in at a time by name, the others in the order in which they came.
final class TurnLine: Sendable {
    private struct Waiter {
        let ticket: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Place {
        var taken = 0
        var waiting: [Waiter] = []
    }

    private struct State {
        var places: [String: Place] = [:]
        var lastTicket = 0
        /// Cancelled before they came to wait.
        var cancelled: Set<Int> = []
    }

    private let state = Mutex(State())

    /// How many are inside or wait.
    func count(_ name: String) -> Int {
        state.withLock { state in state.places[name].map { $0.taken + $0.waiting.count } ?? 0 }
    }

    /// Returns when there is room; every return is followed by one `leave`.
    ///
    /// Throws `CancellationError` when the task is cancelled first.
    func enter(_ name: String, places: Int) async throws {
        try Task.checkCancellation()
        let ticket: Int? = state.withLock { state in
            var place = state.places[name] ?? Place()
            if place.taken < places, place.waiting.isEmpty {
                place.taken += 1
                state.places[name] = place
                return nil
            }
            state.lastTicket += 1
            return state.lastTicket
        }
        guard let ticket else { return }
        // A cancellation may come after the turn has.
        defer { state.withLock { _ = $0.cancelled.remove(ticket) } }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                wait(ticket, at: name, places: places, continuation)
            }
        } onCancel: {
            giveUp(ticket, at: name)
        }
    }

    /// Gives the place to the next one.
    func leave(_ name: String) {
        let next: Waiter? = state.withLock { state in
            guard var place = state.places[name] else { return nil }
            let next = place.waiting.isEmpty ? nil : place.waiting.removeFirst()
            if next == nil { place.taken -= 1 }
            state.places[name] = place.taken > 0 || !place.waiting.isEmpty ? place : nil
            return next
        }
        next?.continuation.resume()
    }

    private func wait(
        _ ticket: Int,
        at name: String,
        places: Int,
        _ continuation: CheckedContinuation<Void, any Error>
    ) {
        enum Turn { case go, stop, wait }
        let turn: Turn = state.withLock { state in
            if state.cancelled.remove(ticket) != nil { return .stop }
            var place = state.places[name] ?? Place()
            // Somebody may have left since.
            if place.taken < places, place.waiting.isEmpty {
                place.taken += 1
                state.places[name] = place
                return .go
            }
            place.waiting.append(Waiter(ticket: ticket, continuation: continuation))
            state.places[name] = place
            return .wait
        }
        switch turn {
        case .go: continuation.resume()
        case .stop: continuation.resume(throwing: CancellationError())
        case .wait: break
        }
    }

    private func giveUp(_ ticket: Int, at name: String) {
        let waiter: Waiter? = state.withLock { state in
            guard let index = state.places[name]?.waiting.firstIndex(where: { $0.ticket == ticket }) else {
                state.cancelled.insert(ticket)
                return nil
            }
            return state.places[name]?.waiting.remove(at: index)
        }
        waiter?.continuation.resume(throwing: CancellationError())
    }
}
