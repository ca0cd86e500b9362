import Logging
package import Queue
import SQL

/// Performs whatever job a worker took.
package struct Jobs: Sendable {
    let checks: Checks
    let deliveries: Deliveries
    let scheduling: Scheduling
    let digests: DigestJobs

    /// Never throws: what goes wrong is how the job ended.
    ///
    /// What was done is written into `notes`, for the worker's line in the log.
    package func perform(_ job: Job, notes: JobNotes = JobNotes()) async -> JobEnd {
        do {
            switch job.name {
            case .checkPrice, .updateProductInfo: return try await checks.perform(job, notes: notes)
            case .deliverMessage: return try await deliveries.perform(job, notes: notes)
            case .sendDigest, .sendDigestScheduled, .sendDigestFlow:
                return try await digests.perform(job, notes: notes)
            case Maintenance.tidy:
                notes["checks"] = .stringConvertible(try await scheduling.tidy())
                notes.did("Removed old lines of the check log.")
                return .finished
            default: return .giveUp(why: "This version does not know jobs named “\(job.name.text.prefix(80))”.")
            }
        } catch is CancellationError {
            return .giveBack
        } catch {
            return .tryAgain(why: "\(error)")
        }
    }
}
