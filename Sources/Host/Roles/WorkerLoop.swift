import Logging
import Model
import Monitoring
import Operations
import Queue
import ServiceLifecycle

/// Takes jobs and performs them, many at a time, until it is told to stop.
///
/// Then it takes no more, lets the running ones end within `patience`, cancels the rest and gives them back uncounted.
struct WorkerLoop: Service {
    let queue: any Queue
    let perform: @Sendable (Job, JobNotes) async -> JobEnd
    /// What the queue calls this worker.
    let name: String
    let concurrency: Int
    let lease: Duration
    let heartbeats: Heartbeats
    let logger: Logger
    /// Less than the process has for its end.
    var patience: Duration = .seconds(7)

    private let running = RunningJobs()

    init(
        queue: any Queue,
        name: String,
        concurrency: Int,
        lease: Duration,
        heartbeats: Heartbeats,
        logger: Logger,
        perform: @escaping @Sendable (Job, JobNotes) async -> JobEnd
    ) {
        self.queue = queue
        self.perform = perform
        self.name = name
        self.concurrency = concurrency
        self.lease = lease
        self.heartbeats = heartbeats
        self.logger = logger
    }

    func run() async throws {
        let beat = heartbeats.register("worker", limit: .seconds(60))
        let renewal = heartbeats.register("lease renewal", limit: lease * 2)
        let keeper = LeaseKeeper(queue: queue, running: running, heartbeat: renewal, logger: logger)
        let thread = OwnThread(every: lease / 3) { await keeper.renew() }
        thread.start()
        await withDiscardingTaskGroup { group in
            await takeJobs(beat, into: &group)
            await running.waitUntilEmpty(upTo: patience)
            running.stop(running.jobs, because: .shutdown)
        }
        thread.stop()
        beat.end()
        renewal.end()
    }

    private func takeJobs(_ beat: Heartbeat, into group: inout DiscardingTaskGroup) async {
        var trouble = Trouble("take jobs", logger: logger)
        while !Task.isShuttingDownGracefully && !Task.isCancelled {
            beat.beat()
            let room = concurrency - running.count
            guard room > 0 else {
                await cancelWhenGracefulShutdown { await running.ended.wait(upTo: .seconds(5)) }
                continue
            }
            do {
                let jobs = try await queue.take(limit: room, worker: name)
                trouble.isOver()
                for job in jobs { start(job, in: &group) }
                guard jobs.isEmpty else { continue }
                await cancelWhenGracefulShutdown { await queue.waitForJobs(upTo: .seconds(5)) }
            } catch {
                await pause(trouble.happened(error))
            }
        }
    }

    /// Cut short when the process is told to stop; the loop's condition decides what that means.
    private func pause(_ wait: Duration) async {
        try? await cancelWhenGracefulShutdown { try await Task.sleep(for: wait) }
    }

    private func start(_ job: Job, in group: inout DiscardingTaskGroup) {
        let (perform, notes) = (perform, JobNotes())
        // Owned by the group's task below, which waits for it; on its own so that it can be cancelled alone.
        let work = Task { await perform(job, notes) }
        running.add(job, work)
        group.addTask {
            let start = ContinuousClock.now
            let end = await work.value
            let stop = running.remove(job)
            await finish(job, end, stop, notes, took: ContinuousClock.now - start)
        }
    }

    private func finish(_ job: Job, _ end: JobEnd, _ stop: RunningJobs.Stop?, _ notes: JobNotes, took: Duration) async {
        // Whoever has the job now decides how it ends.
        guard stop != .leaseLost else { return }
        let end = stop == .shutdown && end.mayHaveBeenCutShort ? .giveBack : end
        log(job, end, notes, took)
        // On its own, so that a process that ends in a hurry still says how its jobs ended.
        await Task { await write(end, of: job) }.value
    }

    private func write(_ end: JobEnd, of job: Job) async {
        var wait = Duration.milliseconds(50)
        while true {
            do {
                if try await !queue.finish(job, end) {
                    logger.warning("A job had gone to another worker when it ended.", metadata: ["job.id": "\(job.id)"])
                }
                return
            } catch  where wait < .seconds(2) {
                // Nobody cancels this task, so the sleep ends only by time.
                try? await Task.sleep(for: wait)
                wait *= 2
            } catch {
                logger.error(
                    "Could not write down how a job ended; it will be offered again.",
                    metadata: ["job.id": "\(job.id)", "error": "\(error)"]
                )
                return
            }
        }
    }

    /// The job's one line.
    private func log(_ job: Job, _ end: JobEnd, _ notes: JobNotes, _ took: Duration) {
        var metadata = notes.metadata
        metadata["job.id"] = "\(job.id)"
        metadata["job.name"] = "\(job.name)"
        metadata["job.attempt"] = .stringConvertible(job.attempt)
        metadata["took.milliseconds"] = .stringConvertible(took.wholeMilliseconds)
        switch end {
        case .finished:
            if metadata["outcome"] == nil { metadata["outcome"] = "finished" }
            logger.info("\(notes.sentence ?? "Finished a job.")", metadata: metadata)
        case .giveBack:
            metadata["outcome"] = "returned"
            logger.info("Gave a job back.", metadata: metadata)
        case .tryAgain(let why, _):
            metadata["outcome"] = job.attempt < job.attempts ? "postponed" : "failed"
            metadata["error"] = "\(why)"
            logger.warning("A job failed and may be tried again.", metadata: metadata)
        case .giveUp(let why):
            metadata["outcome"] = "failed"
            metadata["error"] = "\(why)"
            logger.warning("A job was given up.", metadata: metadata)
        }
    }
}

extension JobEnd {
    /// Whether this end may only be the consequence of being cancelled.
    fileprivate var mayHaveBeenCutShort: Bool {
        switch self {
        case .finished, .giveUp: false
        case .tryAgain, .giveBack: true
        }
    }
}
