import Metrics
import Queue
import Synchronization

/// Shows how long jobs take, by what they do.
final class JobTimes: Sendable {
    /// Others may add jobs of any name.
    private static let mostNames = 20
    private let timers = Mutex<[JobName: Timer]>([:])

    func record(_ took: Duration, of job: Job) {
        let timer = timers.withLock { timers in
            let name = timers[job.name] != nil || timers.count < Self.mostNames ? job.name : "other"
            let timer = timers[name] ?? Timer(label: "host_job_seconds", dimensions: [("job", name.text)])
            timers[name] = timer
            return timer
        }
        timer.record(duration: took)
    }
}
