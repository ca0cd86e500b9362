package import Model

/// What people do with many jobs, or with one that has not failed, as in the dashboards of BullMQ.
extension RedisQueue {
    /// The states in which jobs can be deleted by hand.
    package enum CleanedState: String, CaseIterable, Sendable {
        case waiting, delayed, active, completed, failed

        /// The lists that these jobs are in.
        fileprivate var lists: [String] {
            self == .waiting ? ["wait", "paused", "prioritized"] : [rawValue]
        }
    }

    /// Adds a line to what people read about a job; false when there is no such job.
    ///
    /// Of each job the newest 1000 lines are kept, unless its producer says how many.
    @discardableResult
    package func log(_ line: String, of id: String) async throws -> Bool {
        try await run(.log, [id, line, "\(Self.mostLines)"], isRepeatable: false).number != 0
    }

    /// Shows how far a job has come, 0…100; false when there is no such job.
    @discardableResult
    package func setProgress(_ percent: Int, of id: String) async throws -> Bool {
        try await run(.setProgress, [id, "\(min(max(percent, 0), 100))"]).number != 0
    }

    /// Lets a delayed job begin now; false when it is not delayed.
    @discardableResult
    package func promote(_ id: String) async throws -> Bool {
        try await run(.promote, [id], isRepeatable: false).number != 0
    }

    /// Deletes all jobs that wait, and those that are delayed if that is wanted; says how many.
    ///
    /// What job schedulers made last stays, so that they go on.
    @discardableResult
    package func drain(delayed: Bool = false) async throws -> Int {
        let end = Timestamp(milliseconds: 9_007_199_254_740_991)
        let waiting = try await clean(.waiting, before: end)
        return delayed ? try await waiting + clean(.delayed, before: end) : waiting
    }

    /// Deletes up to `limit` jobs that came into being, began or ended by `before`, the oldest ones first; says how many.
    ///
    /// What somebody works on and what job schedulers made last stays.
    @discardableResult
    package func clean(_ state: CleanedState, before: Timestamp, limit: Int = .max) async throws -> Int {
        var deleted = 0
        for list in state.lists {
            var kept = 0
            var isMore = true
            // In steps that hold nobody up for long.
            while isMore, deleted < limit {
                let most = min(limit - deleted, Self.cleaned)
                let reply = try await run(
                    .clean,
                    [list, "\(before.milliseconds)", "\(most)", "\(kept)"],
                    isRepeatable: false
                )
                deleted += reply[0].number ?? 0
                kept += reply[1].number ?? 0
                isMore = reply[2].number == 1
            }
        }
        return deleted
    }

    private static let mostLines = 1000
    private static let cleaned = 500
}
