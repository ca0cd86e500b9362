package import Model

/// A job to add.
package struct NewJob: Hashable, Sendable {
    /// Unique among the jobs present: a second job with the same id is not added, unless the first one has failed.
    ///
    /// 1…200 characters; never an integer and never with a lone `:`, which BullMQ forbids.
    package var id: String
    package var name: JobName
    /// A JSON object.
    package var payload: String
    /// Not offered before this has passed.
    package var delay: Duration
    /// Lower is sooner, 1…2,097,151; 0, the standard, comes before all others.
    package var priority: Int
    /// How often the job may be tried, at least 1.
    package var attempts: Int
    package var backoff: Backoff
    /// How long one try may take, at least a millisecond; nil for as long as it likes.
    ///
    /// The worker cancels the work then, and the job is tried again or given up like one that failed.
    package var deadline: Duration?
    /// What the job is about, 1…200 characters: while a job with the same text waits or is worked on, another one is not
    /// added, whatever its id.
    package var deduplication: String?

    package init(
        id: String,
        name: JobName,
        payload: String,
        delay: Duration = .zero,
        priority: Int = 0,
        attempts: Int = 1,
        backoff: Backoff = .standard,
        deadline: Duration? = nil,
        deduplication: String? = nil
    ) {
        self.id = id
        self.name = name
        self.payload = payload
        self.delay = delay
        self.priority = priority
        self.attempts = attempts
        self.backoff = backoff
        self.deadline = deadline
        self.deduplication = deduplication
    }
}
