/// How the deployer waits for what takes its time.
package struct Patience: Sendable {
    private let sleep: @Sendable (Duration) async throws -> Void

    /// Another `sleep` is for tests, which don't wait.
    package init(sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }) {
        self.sleep = sleep
    }

    /// One pause, of a length that somebody else asked for.
    package func pause(for span: Duration) async throws { try await sleep(span) }

    /// Asks until there is an answer, with pauses that grow from 0.2 to 5 seconds.
    ///
    /// nil when the pauses together are longer than `limit`.
    package func wait<Answer>(
        atMost limit: Duration,
        _ ask: (_ waited: Duration) async throws -> Answer?
    ) async throws -> Answer? {
        var (waited, pause) = (Duration.zero, Duration.milliseconds(200))
        while true {
            if let answer = try await ask(waited) { return answer }
            guard waited < limit else { return nil }
            try await sleep(pause)
            waited += pause
            pause = min(pause * 3 / 2, .seconds(5))
        }
    }
}
