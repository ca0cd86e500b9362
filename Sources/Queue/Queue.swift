package import Model
package import SQL

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

    /// Ends taken jobs and takes up to `limit` others that are ready, by priority and then by age, all in one step.
    ///
    /// While the queue is paused it ends and takes none. When it throws, nothing was changed, or all of it was and
    /// nobody knows: the same call may be made again, and the jobs that were taken come back when their leases run out.
    func settle(_ ends: [EndedJob], thenTake limit: Int, worker: String) async throws -> Settlement

    /// Extends the leases; gives back the jobs whose lease was lost, so that their work can be stopped.
    func renew(_ jobs: [Job]) async throws -> [Job]

    /// Offers jobs again whose lease has run out; says how many. A job that stalled too often is given up.
    ///
    /// Meant to be called every few seconds: it also puts right what a change of the clock or an interrupted job
    /// scheduler left behind.
    func recoverStalled() async throws -> Int

    /// Runs `addAgain` when jobs may have been lost since the last call, as when their server was emptied or began again;
    /// says whether it did. Where it throws it is run again at the next call.
    ///
    /// Never runs it where the jobs lie with the data they are about.
    func restoreForgotten(by addAgain: () async throws -> Void) async throws -> Bool

    /// Returns when jobs may be ready, at the latest after `limit`; at once when the task is cancelled.
    ///
    /// While the queue is paused no job is ready.
    func waitForJobs(upTo limit: Duration) async

    /// Lets jobs that other processes add wake those who wait, until the task is cancelled.
    ///
    /// Returns early where no other process can tell; then the queue is only looked into from time to time.
    func listen() async

    /// From now on no job is taken, by any process, until `resume`; running ones end. Jobs can still be added.
    func pause() async throws

    /// Does nothing when the queue is not paused.
    func resume() async throws

    /// Since when the queue is paused; nil when it is not.
    func pausedSince() async throws -> Timestamp?

    /// Keeps a job scheduler under its id: exactly one future job of it exists from then on.
    ///
    /// One that says when as before keeps its next time, and that job is made anew from the template; one that says
    /// otherwise replaces the job that waits. Throws `QueueError.invalidScheduler` for one that breaks a rule.
    func upsert(_ scheduler: JobScheduler) async throws

    /// Removes a job scheduler and its job that is still delayed; one that waits or is worked on stays. False when there
    /// was none.
    @discardableResult
    func removeScheduler(_ id: String) async throws -> Bool

    /// All job schedulers, by id.
    func schedulers() async throws -> [KeptJobScheduler]

    /// How many jobs are in each state.
    func counts() async throws -> QueueCounts

    /// How long the job that waits longest has been ready; nil when none waits.
    func longestWait() async throws -> Duration?

    /// Why jobs were given up, by id: of `ids`, those that failed and are still kept.
    func failures(of ids: [String]) async throws -> [String: String]

    /// Jobs of a state: those that wait by their turns, delayed ones by when they are due, active ones by how long they
    /// are held, failed ones newest first.
    func jobs(_ state: JobState, limit: Int, offset: Int) async throws -> [KeptJob]

    /// Lets a failed job start over; false when there is no such one, or another one about the same is still to be done.
    func retry(_ id: String) async throws -> Bool

    /// Removes a job for good; false when there is no such one, a worker has it, or it is the next one of a scheduler.
    func remove(_ id: String) async throws -> Bool

    /// Whether a job with this id waits or is worked on.
    func isPending(_ id: String) async throws -> Bool

    /// Fails when the queue cannot be reached; the text says why.
    func ping() async throws

    /// The same queue, of which nothing is changed where `fence` does not let it through.
    ///
    /// Where the jobs lie in the database it is asked in the transaction that changes them; elsewhere right before.
    func fenced(by fence: Fence) -> any Queue
}

extension Queue {
    package func restoreForgotten(by addAgain: () async throws -> Void) async throws -> Bool { false }

    /// Takes up to `limit` jobs that are ready, by priority and then by age; empty when there are none.
    package func take(limit: Int, worker: String) async throws -> [Job] {
        try await settle([], thenTake: limit, worker: worker).taken
    }

    /// Ends a taken job.
    ///
    /// False when its lease was lost: then nothing was changed.
    @discardableResult
    package func finish(_ job: Job, _ end: JobEnd) async throws -> Bool {
        try await settle([EndedJob(job, end)], thenTake: 0, worker: "").lost.isEmpty
    }
}
