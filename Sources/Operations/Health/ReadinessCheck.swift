import Synchronization

/// Asks whether something this process needs answers: the database, the queue.
///
/// The answer comes within the deadline even if the thing asked hangs and does not heed cancellation. While one
/// question hangs no second one is asked, so that a stuck database is not given more to do.
package final class ReadinessCheck: Sendable {
    /// What is asked, as it is named to people: `database`.
    package let name: String
    private let deadline: Duration
    private let clock: any Clock<Duration>
    private let question: @Sendable () async throws -> Void
    private let state = Mutex(State())

    /// `question` throws when the thing does not answer; the error's text is shown to people.
    package init(
        _ name: String,
        deadline: Duration = .seconds(2),
        clock: any Clock<Duration> = .continuous,
        question: @escaping @Sendable () async throws -> Void
    ) {
        self.name = name
        self.deadline = deadline
        self.clock = clock
        self.question = question
    }

    private struct State {
        var isAsking = false
        var nextWaiter = 0
        var waiters: [Int: CheckedContinuation<String?, Never>] = [:]
    }

    /// nil when all is well, else a sentence.
    package func problem() async -> String? {
        await withCheckedContinuation { continuation in
            let (waiter, mustAsk) = state.withLock { state in
                state.nextWaiter += 1
                state.waiters[state.nextWaiter] = continuation
                let mustAsk = !state.isAsking
                state.isAsking = true
                return (state.nextWaiter, mustAsk)
            }
            // Both tasks are owned by `state`: each ends by answering the waiters it finds there, and a child task is
            // of no use because its parent would wait for a question that hangs.
            if mustAsk { Task { await ask() } }
            Task { await giveUp(waiter) }
        }
    }

    private func ask() async {
        var problem: String?
        do {
            try await question()
        } catch {
            problem = "The \(name) does not answer: \(error)"
        }
        let waiters = state.withLock { state in
            state.isAsking = false
            let waiters = state.waiters
            state.waiters = [:]
            return waiters
        }
        for waiter in waiters.values { waiter.resume(returning: problem) }
    }

    private func giveUp(_ waiter: Int) async {
        // Nothing cancels this task, so the sleep ends only by time.
        try? await clock.sleep(for: deadline)
        let late = state.withLock { $0.waiters.removeValue(forKey: waiter) }
        late?.resume(returning: "The \(name) has not answered within \(deadline.formattedSeconds).")
    }
}

extension Duration {
    /// With its unit, to a tenth: `2 s`, `0.5 s`.
    var formattedSeconds: String {
        let tenths = Int((self / .milliseconds(100)).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }
}
