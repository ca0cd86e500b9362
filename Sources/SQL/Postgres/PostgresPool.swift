import Synchronization

/// Lends connections, each to one at a time, in the order in which they are asked for.
final class PostgresPool: Sendable {
    private struct State {
        var idle: [PostgresSlot] = []
        var made = 0
        var waiting: [Waiter] = []
        var nextNumber = 0
    }

    private struct Waiter {
        let number: Int
        let continuation: CheckedContinuation<PostgresSlot?, Never>
        var alarm: Task<Void, Never>?

        func resume(with slot: PostgresSlot?) {
            alarm?.cancel()
            continuation.resume(returning: slot)
        }
    }

    private let most: Int
    private let state = Mutex(State())

    init(most: Int) { self.most = most }

    /// How many connections may be open, how many of them are lent, and how many callers wait for one.
    var use: PoolUse {
        state.withLock { PoolUse(limit: most, lent: $0.made - $0.idle.count, waiting: $0.waiting.count) }
    }

    /// nil when none is free after `limit`; whoever gets one gives it back.
    func take(upTo limit: Duration) async -> PostgresSlot? {
        await withCheckedContinuation { continuation in
            let found = state.withLock { state -> Found in
                // The one that was used last is the likeliest to have its connection, and the server's memory, warm.
                if let slot = state.idle.popLast() { return .slot(slot) }
                if state.made < most {
                    state.made += 1
                    return .slot(PostgresSlot())
                }
                state.nextNumber += 1
                state.waiting.append(Waiter(number: state.nextNumber, continuation: continuation))
                return .none(state.nextNumber)
            }
            switch found {
            case .slot(let slot): continuation.resume(returning: slot)
            case .none(let number): setAlarm(for: number, after: limit)
            }
        }
    }

    private enum Found {
        case slot(PostgresSlot)
        case none(Int)
    }

    private func setAlarm(for number: Int, after limit: Duration) {
        let alarm = Task { [self] in
            // Ends early only when a slot came.
            guard (try? await Task.sleep(for: limit)) != nil else { return }
            giveUp(number)
        }
        let waits = state.withLock { state -> Bool in
            guard let place = state.waiting.firstIndex(where: { $0.number == number }) else { return false }
            state.waiting[place].alarm = alarm
            return true
        }
        if !waits { alarm.cancel() }
    }

    func giveBack(_ slot: PostgresSlot) {
        let next = state.withLock { state -> Waiter? in
            guard !state.waiting.isEmpty else {
                state.idle.append(slot)
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume(with: slot)
    }

    /// Closes the connections of all slots, none of which is lent.
    func close() async {
        let slots = state.withLock { $0.idle }
        for slot in slots {
            await slot.perform { link in
                link?.close()
                link = nil
            }
        }
    }

    private func giveUp(_ number: Int) {
        let waiter = state.withLock { state -> Waiter? in
            guard let place = state.waiting.firstIndex(where: { $0.number == number }) else { return nil }
            return state.waiting.remove(at: place)
        }
        waiter?.resume(with: nil)
    }
}

/// How busy a pool of connections is.
package struct PoolUse: Hashable, Sendable {
    package let limit: Int
    package let lent: Int
    package let waiting: Int

    package init(limit: Int, lent: Int, waiting: Int) {
        (self.limit, self.lent, self.waiting) = (limit, lent, waiting)
    }
}
