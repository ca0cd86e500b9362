package import Model

/// Where a job stands.
package enum JobState: String, Hashable, Sendable, CaseIterable {
    /// It may begin.
    case waiting
    /// Its time has not come.
    case delayed
    /// A worker has it.
    case active
    /// It was given up.
    case failed
}

/// A job as the queue keeps it, for people who look.
package struct KeptJob: Hashable, Sendable {
    package let id: String
    package let name: JobName
    package let added: Timestamp
    /// How often it was tried and failed.
    package let attemptsMade: Int
    /// How often it may be tried.
    package let attempts: Int
    /// When a delayed job may begin.
    package let due: Timestamp?
    /// When a failed job was given up.
    package let ended: Timestamp?
    /// Who has an active job.
    package let worker: String?
    /// Why its last try failed.
    package let problem: String?

    package init(
        id: String,
        name: JobName,
        added: Timestamp,
        attemptsMade: Int,
        attempts: Int,
        due: Timestamp? = nil,
        ended: Timestamp? = nil,
        worker: String? = nil,
        problem: String? = nil
    ) {
        self.id = id
        self.name = name
        self.added = added
        self.attemptsMade = attemptsMade
        self.attempts = attempts
        self.due = due
        self.ended = ended
        self.worker = worker
        self.problem = problem
    }
}
