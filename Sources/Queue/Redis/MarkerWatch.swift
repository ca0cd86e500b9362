import Model
import Synchronization

/// Waits at the queue's marker, which wakes one of all who wait, in this process and in others.
///
/// One connection is enough for all who wait here.
final class MarkerWatch: Sendable {
    private let connection: RedisConnection
    private let key: String
    private let longestSilence: Duration
    private let signal = JobSignal()
    private let state = Mutex(State())

    private struct State {
        var waiting = 0
        var isWatching = false
    }

    init(_ connection: RedisConnection, key: String, longestSilence: Duration) {
        self.connection = connection
        self.key = key
        self.longestSilence = longestSilence
    }

    func close() { connection.close() }

    /// Returns when there may be jobs, at the latest after `limit`; at once when the task is cancelled.
    func wait(upTo limit: Duration) async {
        let generation = signal.generation
        let begins = state.withLock { state in
            state.waiting += 1
            defer { state.isWatching = true }
            return !state.isWatching
        }
        // Nobody waits for its end: it blocks at the server after the last one here has left.
        if begins { Task { await watch(upTo: limit) } }
        await signal.wait(after: generation, upTo: limit)
        state.withLock { $0.waiting -= 1 }
    }

    private func watch(upTo limit: Duration) async {
        let seconds = max(Double(limit.wholeMilliseconds) / 1000, 0.001)
        var isWoken = false
        do {
            let reply = try await connection.run(
                .words(["BZPOPMIN", key, "\(seconds)"]),
                patience: limit + min(longestSilence, .seconds(2))
            )
            isWoken = !reply.isNull
        } catch {
            // Without the marker it is noticed a little later that there are jobs; whoever takes them reports the trouble.
            // Until then this must not spin.
            try? await Task.sleep(for: min(limit, .milliseconds(500)))
        }
        let isAlone = state.withLock { state in
            state.isWatching = false
            return state.waiting == 0
        }
        if isWoken, isAlone {
            // Another process may wait for what woke nobody here. Where this fails it looks by itself within seconds.
            _ = try? await connection.run(.words(["ZADD", key, "0", "0"]), patience: longestSilence)
        }
        signal.send()
    }
}
