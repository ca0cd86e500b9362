/// Jobs that survive the process: added by anyone, taken by one worker at a time.
///
/// A taken job is held by a lease that its worker renews; when the worker dies, `recoverStalled` offers it again.
/// Every engine passes the same contract suite.
package protocol Queue: Sendable {
    /// Adds jobs in one step; says how many were new.
    ///
    /// A job whose id is present already is not added again; one that has failed starts over. Throws
    /// `QueueError.invalid` for a job that breaks a rule of `NewJob`; then none is added.
    @discardableResult
    func add(_ jobs: [NewJob]) async throws -> Int

    /// Takes up to `limit` jobs that are ready, by priority and then by age; empty when there are none.
    func take(limit: Int, worker: String) async throws -> [Job]

    /// Extends the leases; gives back the jobs whose lease was lost, so that their work can be stopped.
    func renew(_ jobs: [Job]) async throws -> [Job]

    /// Ends a taken job. False when its lease was lost: then nothing was changed.
    @discardableResult
    func finish(_ job: Job, _ end: JobEnd) async throws -> Bool

    /// Offers jobs again whose lease has run out; says how many. A job that stalled too often is given up.
    func recoverStalled() async throws -> Int

    /// Returns when jobs may be ready, at the latest after `limit`; at once when the task is cancelled.
    func waitForJobs(upTo limit: Duration) async

    /// How many jobs are in each state.
    func counts() async throws -> QueueCounts

    /// Why jobs were given up, by id: of `ids`, those that failed and are still kept.
    func failures(of ids: [String]) async throws -> [String: String]

    /// Whether a job with this id waits or is worked on.
    func isPending(_ id: String) async throws -> Bool

    /// Fails when the queue cannot be reached; the text says why.
    func ping() async throws
}
