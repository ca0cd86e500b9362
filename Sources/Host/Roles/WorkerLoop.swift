import Logging
import Model
import Monitoring
import Operations
import Queue
import ServiceLifecycle

/// Takes jobs and performs them, many at a time, until it is told to stop.
///
/// Then it takes no more, lets the running ones end within `patience`, cancels the rest and gives them back uncounted.
/// One clerk speaks with the queue: whatever ended while it last did so is written down together, in the same step that
/// takes the next jobs. Nobody who works waits for it.
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

    /// How often deadlines are looked at.
    var tick: Duration = .seconds(1)

    private let running = RunningJobs()
    private let desk = JobDesk()
    private let times = JobTimes()

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
        let keeper = LeaseKeeper(queue: queue, running: running, desk: desk, heartbeat: renewal, logger: logger)
        let threads = [
            OwnThread(every: lease / 3) { await keeper.renew() },
            OwnThread(every: tick) { [running] in running.stopLate() },
        ]
        for thread in threads { thread.start() }
        await withDiscardingTaskGroup { group in
            for _ in 0..<concurrency { group.addTask { await work() } }
            await settle(beat)
            desk.close()
            await settleLast()
            running.stopAll()
        }
        // On its own, so that a process that ends in a hurry still says how its jobs ended.
        await Task { await writeEnds() }.value
        for thread in threads { thread.stop() }
        beat.end()
        renewal.end()
    }

    /// The clerk's work, until the process is told to stop.
    private func settle(_ beat: Heartbeat) async {
        var trouble = Trouble("take jobs and write down how they ended", logger: logger)
        while !Task.isShuttingDownGracefully && !Task.isCancelled {
            beat.beat()
            let (ends, recent) = desk.ends()
            // As many more as ended meanwhile: they will have begun before the clerk is back. Where jobs are long none
            // lies here that another worker could begin.
            let room = max(concurrency + min(recent, concurrency) - desk.inHand, 0)
            do {
                var taken = 0
                if !ends.isEmpty || room > 0 {
                    let settlement = try await queue.settle(ends, thenTake: room, worker: name)
                    trouble.isOver()
                    desk.wrote(ends.count)
                    warn(settlement.lost)
                    desk.put(settlement.taken)
                    taken = settlement.taken.count
                }
                if room > 0, taken == room { continue }
                await wait(forJobs: room > 0)
            } catch {
                await pause(trouble.happened(error))
            }
        }
    }

    /// Returns when a job ended, or when there may be some to take and somebody is idle.
    private func wait(forJobs: Bool) async {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                let (bell, queue) = (desk.changed, queue)
                if forJobs {
                    group.addTask {
                        await queue.waitForJobs(upTo: .seconds(5))
                        // A ring of one who is no longer needed would end the next wait at once.
                        if !Task.isCancelled { bell.ring() }
                    }
                }
                await bell.wait(upTo: .seconds(5))
                group.cancelAll()
            }
        }
    }

    /// Lets what was begun end within the patience, and writes it down.
    private func settleLast() async {
        let end = ContinuousClock.now + patience
        while desk.working > 0, !Task.isCancelled {
            let rest = end - .now
            guard rest > .zero else { return }
            await writeEnds()
            await desk.changed.wait(upTo: rest)
        }
    }

    /// Writes down what ended since the clerk last did; what cannot be written is offered again when its lease runs out.
    private func writeEnds() async {
        var wait = Duration.milliseconds(50)
        while true {
            let ends = desk.ends().ends
            guard !ends.isEmpty else { return }
            do {
                warn(try await queue.settle(ends, thenTake: 0, worker: name).lost)
                desk.wrote(ends.count)
            } catch  where wait < .seconds(1) {
                // Nobody cancels this task, so the sleep ends only by time.
                try? await Task.sleep(for: wait)
                wait *= 2
            } catch {
                logger.error(
                    "Could not write down how jobs ended; they will be offered again.",
                    metadata: ["job.ids": .array(ends.map { "\($0.job.id)" }), "error": "\(error)"]
                )
                return
            }
        }
    }

    private func warn(_ lost: [Job]) {
        guard !lost.isEmpty else { return }
        logger.warning(
            "Jobs had gone to another worker when they ended.",
            metadata: ["job.ids": .array(lost.map { "\($0.id)" })]
        )
    }

    /// Cut short when the process is told to stop; the loop's condition decides what that means.
    private func pause(_ wait: Duration) async {
        try? await cancelWhenGracefulShutdown { try await Task.sleep(for: wait) }
    }

    /// One of those who work: one job after another.
    private func work() async {
        while let job = await desk.next() {
            let (perform, notes, start) = (perform, JobNotes(), ContinuousClock.now)
            // Awaited right below; on its own so that it can be cancelled alone.
            let work = Task { await perform(job, notes) }
            running.add(job, work)
            let end = await work.value
            desk.ended(
                job,
                finish(job, end, running.remove(job), notes, took: ContinuousClock.now - start),
                note: notes.skipped
            )
        }
    }

    /// How the job ends, which is what its line in the log says; nil where another worker has it now and decides.
    private func finish(
        _ job: Job,
        _ end: JobEnd,
        _ stop: RunningJobs.Stop?,
        _ notes: JobNotes,
        took: Duration
    ) -> JobEnd? {
        var end = end
        switch stop {
        case .leaseLost: return nil
        case .shutdown where end.mayHaveBeenCutShort: end = .giveBack
        case .deadline where end.mayHaveBeenCutShort: end = .tryAgain(why: job.lateWords)
        case .shutdown, .deadline, nil: break
        }
        log(job, end, notes, took)
        times.record(took, of: job)
        return end
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

extension Job {
    fileprivate var lateWords: String {
        let seconds = Int(((deadline ?? .zero) / .seconds(1)).rounded(.up))
        let minutes = seconds / 60
        let limit =
            seconds.isMultiple(of: 60) && minutes > 0
            ? "\(minutes) minute\(minutes == 1 ? "" : "s")" : "\(seconds) second\(seconds == 1 ? "" : "s")"
        return "It was not done within \(limit) and was stopped."
    }
}
