package import Queue
import SQL

/// Performs whatever job a worker took.
package struct Jobs: Sendable {
    let checks: Checks
    let deliveries: Deliveries

    /// Never throws: what goes wrong is how the job ended.
    package func perform(_ job: Job) async -> JobEnd {
        do {
            switch job.name {
            case .checkPrice: return try await checks.perform(job)
            case .deliverMessage: return try await deliveries.perform(job)
            default: return .giveUp(why: "This version does not know jobs named “\(job.name.text.prefix(80))”.")
            }
        } catch is CancellationError {
            return .giveBack
        } catch {
            return .tryAgain(why: "\(error)")
        }
    }
}
