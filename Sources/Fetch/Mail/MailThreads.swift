import Synchronization

/// Deliveries that block, each on a thread, few at a time, in the order in which they came.
///
/// A thread exists only while there is something to deliver.
final class MailThreads: Sendable {
    private struct State: Sendable {
        var waiting: [(ticket: Int, delivery: MailDelivery)] = []
        var running: [Int: MailDelivery] = [:]
        var isClosed = false
        var closers: [CheckedContinuation<Void, Never>] = []
        var lastTicket = 0
    }

    private let state = Mutex(State())
    private let limit: Int

    /// `limit` is how many run at the same time.
    init(limit: Int) {
        self.limit = limit
    }

    func newTicket() -> Int {
        state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
    }

    func start(_ ticket: Int, _ delivery: MailDelivery) {
        let (isClosed, needsThread) = state.withLock { state in
            guard !state.isClosed else { return (true, false) }
            guard state.running.count < limit else {
                state.waiting.append((ticket, delivery))
                return (false, false)
            }
            state.running[ticket] = delivery
            return (false, true)
        }
        if isClosed { delivery.cancel() }
        if needsThread { NamedThread.start("mail") { self.work(ticket, delivery) } }
    }

    func cancel(_ ticket: Int) {
        let waiting = state.withLock { state -> MailDelivery? in
            state.running[ticket]?.giveUp()
            guard let index = state.waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            return state.waiting.remove(at: index).delivery
        }
        waiting?.cancel()
    }

    /// Returns when nothing runs any more; nothing starts afterwards.
    func close() async {
        let waiting = state.withLock { state in
            state.isClosed = true
            for delivery in state.running.values { delivery.giveUp() }
            defer { state.waiting.removeAll() }
            return state.waiting
        }
        for (_, delivery) in waiting { delivery.cancel() }
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.running.isEmpty { state.closers.append(continuation) }
                return state.running.isEmpty
            }
            if isOver { continuation.resume() }
        }
    }

    /// One delivery after the other, until none waits.
    private func work(_ ticket: Int, _ delivery: MailDelivery) {
        var next: (ticket: Int, delivery: MailDelivery)? = (ticket, delivery)
        while let (ticket, delivery) = next {
            delivery.perform()
            let closers: [CheckedContinuation<Void, Never>]
            (next, closers) = state.withLock { state in
                state.running[ticket] = nil
                let next = state.waiting.isEmpty ? nil : state.waiting.removeFirst()
                if let next { state.running[next.ticket] = next.delivery }
                guard state.running.isEmpty else { return (next, []) }
                defer { state.closers.removeAll() }
                return (next, state.closers)
            }
            for closer in closers { closer.resume() }
        }
    }
}
