package import Model

/// A job that comes again and again.
///
/// Its next job always exists, as a delayed one named `repeat:<id>:<milliseconds>`; the one after is made when that is
/// taken. Times that pass while nobody takes jobs are skipped, not made up for.
package struct JobScheduler: Hashable, Sendable {
    /// When a job is due.
    package enum Rhythm: Hashable, Sendable {
        /// At the times of a pattern in a time zone: `0 6 * * *` in `Europe/Berlin`.
        case cron(Cron, zone: String)
        /// Each `interval`, the first time at once, or at the start.
        case every(Duration)
    }

    /// 1…100 characters without `:`.
    package var id: String
    package var rhythm: Rhythm
    /// What each job is made of; its id and delay are not used, and it names nothing it is about.
    package var template: NewJob
    /// How many jobs it makes in all; nil for no end.
    package var limit: Int?
    /// No job is due before.
    package var start: Timestamp?
    /// No job is made after; the last one that was made before may still come.
    package var end: Timestamp?

    package init(
        id: String,
        rhythm: Rhythm,
        template: NewJob,
        limit: Int? = nil,
        start: Timestamp? = nil,
        end: Timestamp? = nil
    ) {
        self.id = id
        self.rhythm = rhythm
        self.template = template
        self.limit = limit
        self.start = start
        self.end = end
    }

    /// The id of the job that is due at `time`.
    package func job(at time: Timestamp) -> String { "repeat:\(id):\(time.milliseconds)" }
}

/// A job scheduler as the queue keeps it.
package struct KeptJobScheduler: Hashable, Sendable {
    package let scheduler: JobScheduler
    /// When the job is due that was made last; in the past when no more is to come.
    package let next: Timestamp
    /// How many jobs it has made.
    package let made: Int

    package init(scheduler: JobScheduler, next: Timestamp, made: Int) {
        self.scheduler = scheduler
        self.next = next
        self.made = made
    }
}
