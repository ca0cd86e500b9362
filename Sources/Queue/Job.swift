package import Model

/// A job that a worker has taken.
package struct Job: Hashable, Sendable {
    package let id: String
    package let name: JobName
    /// A JSON object.
    package let payload: String
    /// 1 for the first try.
    package let attempt: Int
    /// How often it may be tried.
    package let attempts: Int
    package let added: Timestamp
    /// Proves that the taker still holds the job.
    package let lease: String

    package init(
        id: String,
        name: JobName,
        payload: String,
        attempt: Int,
        attempts: Int,
        added: Timestamp,
        lease: String
    ) {
        self.id = id
        self.name = name
        self.payload = payload
        self.attempt = attempt
        self.attempts = attempts
        self.added = added
        self.lease = lease
    }
}

/// How a job's turn ended.
///
/// The queue alone decides what follows from it.
package enum JobEnd: Hashable, Sendable {
    case finished
    /// A later try may work; not before `after`, where the other side said so. `why` is a sentence without secrets.
    case tryAgain(why: String, after: Duration? = nil)
    /// No try will work. `why` is a sentence without secrets.
    case giveUp(why: String)
    /// The worker stops; the try does not count and the job goes back to the front.
    case giveBack
}

/// How many jobs are in each state.
package struct QueueCounts: Hashable, Sendable {
    package var waiting: Int
    package var delayed: Int
    package var active: Int
    package var failed: Int

    package init(waiting: Int, delayed: Int, active: Int, failed: Int) {
        self.waiting = waiting
        self.delayed = delayed
        self.active = active
        self.failed = failed
    }
}
