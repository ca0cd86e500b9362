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
    /// How long one try may take; nil for as long as it likes.
    ///
    /// The worker enforces it.
    package let deadline: Duration?
    /// Proves that the taker still holds the job.
    package let lease: String

    package init(
        id: String,
        name: JobName,
        payload: String,
        attempt: Int,
        attempts: Int,
        added: Timestamp,
        deadline: Duration? = nil,
        lease: String
    ) {
        self.id = id
        self.name = name
        self.payload = payload
        self.attempt = attempt
        self.attempts = attempts
        self.added = added
        self.deadline = deadline
        self.lease = lease
    }
}
