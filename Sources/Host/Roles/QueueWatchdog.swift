import Logging
import Queue

/// Says when jobs wait and nobody takes them, which no worker can say that does not run.
struct QueueWatchdog: Sendable {
    let queue: any Queue
    let logger: Logger
    /// How long a job may wait.
    var limit: Duration = .seconds(300)

    private let isBarking = ChangeFlag()

    init(queue: any Queue, logger: Logger) { (self.queue, self.logger) = (queue, logger) }

    func look() async throws {
        let wait = try await queue.longestWait() ?? .zero
        // A pause is meant, and told elsewhere.
        let isPaused = try await queue.pausedSince() != nil
        let isStuck = wait > limit && !isPaused
        guard isBarking.change(to: isStuck) else { return }
        if isStuck {
            let waiting = try await queue.counts().waiting
            logger.error(
                "Jobs wait and nobody takes them: does a worker run, and are there enough?",
                metadata: [
                    "jobs.waiting": .stringConvertible(waiting),
                    "longest.seconds": .stringConvertible(Int(wait / .seconds(1))),
                ]
            )
        } else {
            logger.notice("Jobs are taken again.")
        }
    }
}
