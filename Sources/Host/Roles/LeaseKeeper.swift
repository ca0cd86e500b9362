import Logging
import Operations
import Queue
import Synchronization

/// Renews the leases of the jobs in hand and stops the work on those that were lost.
struct LeaseKeeper: Sendable {
    let queue: any Queue
    let running: RunningJobs
    let desk: JobDesk
    let heartbeat: Heartbeat
    let logger: Logger
    private let trouble: TroubleBox

    init(queue: any Queue, running: RunningJobs, desk: JobDesk, heartbeat: Heartbeat, logger: Logger) {
        self.queue = queue
        self.running = running
        self.desk = desk
        self.heartbeat = heartbeat
        self.logger = logger
        trouble = TroubleBox(logger: logger)
    }

    func renew() async {
        heartbeat.beat()
        let jobs = running.kept + desk.resting
        guard !jobs.isEmpty else { return }
        do {
            let gone = try await queue.renew(jobs)
            trouble.isOver()
            guard !gone.isEmpty else { return }
            // Those that ended meanwhile are gone because their end was written down.
            let held = Set(running.kept + desk.unbegun)
            let lost = gone.filter(held.contains)
            guard !lost.isEmpty else { return }
            logger.warning(
                "Lost the leases of jobs; their work is stopped.",
                metadata: ["job.ids": .array(lost.map { "\($0.id)" })]
            )
            running.stop(lost, because: .leaseLost)
            desk.forget(lost)
        } catch {
            trouble.happened(error)
        }
    }
}

/// Kept between renewals.
private final class TroubleBox: Sendable {
    private let trouble: Mutex<Trouble>

    init(logger: Logger) {
        trouble = Mutex(Trouble("renew the leases of jobs", logger: logger))
    }

    func happened(_ error: any Error) { trouble.withLock { _ = $0.happened(error) } }
    func isOver() { trouble.withLock { $0.isOver() } }
}
