package import Model
import Queue

/// What people see of the queue, and set right in it.
package struct JobBoard: Sendable {
    let queue: any Queue

    /// How many jobs a page shows.
    package static let pageSize = 25

    /// A state of jobs.
    package enum State: String, Sendable, CaseIterable {
        case waiting, delayed, active, failed
    }

    package struct Job: Hashable, Sendable {
        package let id: String
        /// What it does: `check-price`.
        package let name: String
        package let added: Timestamp
        /// How often it was tried and failed.
        package let attemptsMade: Int
        package let attempts: Int
        /// When a delayed one may begin.
        package let due: Timestamp?
        /// When a failed one was given up.
        package let ended: Timestamp?
        /// Who has an active one.
        package let worker: String?
        /// Why its last try failed.
        package let problem: String?

        package init(
            id: String,
            name: String,
            added: Timestamp,
            attemptsMade: Int,
            attempts: Int,
            due: Timestamp?,
            ended: Timestamp?,
            worker: String?,
            problem: String?
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

    /// A job that comes again and again.
    package struct Schedule: Hashable, Sendable {
        package let name: String
        /// When its next one is due; in the past when no more is to come.
        package let next: Timestamp

        package init(name: String, next: Timestamp) { (self.name, self.next) = (name, next) }
    }

    /// One page of a state's jobs, and how the queue is.
    package struct Page: Sendable {
        package let counts: [State: Int]
        package let state: State
        package let jobs: [Job]
        /// From 1.
        package let number: Int
        package let pausedSince: Timestamp?
        package let schedules: [Schedule]

        package init(
            counts: [State: Int],
            state: State,
            jobs: [Job],
            number: Int,
            pausedSince: Timestamp?,
            schedules: [Schedule]
        ) {
            self.counts = counts
            self.state = state
            self.jobs = jobs
            self.number = number
            self.pausedSince = pausedSince
            self.schedules = schedules
        }

        package var hasNext: Bool { number * JobBoard.pageSize < counts[state] ?? 0 }
    }

    /// `number` counts from 1; beyond the last page there are no jobs.
    package func page(_ state: State, number: Int) async throws -> Page {
        let counts = try await queue.counts()
        let jobs = try await queue.jobs(
            JobState(state),
            limit: Self.pageSize,
            offset: (max(number, 1) - 1) * Self.pageSize
        )
        let schedules = try await queue.schedulers().map { kept in
            Schedule(name: kept.scheduler.template.name.text, next: kept.next)
        }
        return Page(
            counts: [
                .waiting: counts.waiting, .delayed: counts.delayed, .active: counts.active, .failed: counts.failed,
            ],
            state: state,
            jobs: jobs.map(Job.init),
            number: max(number, 1),
            pausedSince: try await queue.pausedSince(),
            schedules: schedules
        )
    }

    /// Lets a failed job start over.
    ///
    /// Throws `.notFound` when there is no such one, or another one about the same is still to be done.
    package func retry(_ id: String) async throws {
        guard try await queue.retry(id) else {
            throw RequestError.notFound(
                "This job does not wait for another try: it was removed, it was tried again already, or another one about "
                    + "the same is still to be done."
            )
        }
    }

    /// Throws `.notFound` when there is no such job, a worker has it, or it is the next one of a schedule.
    package func remove(_ id: String) async throws {
        guard try await queue.remove(id) else {
            throw RequestError.notFound(
                "This job can't be removed: it is done or removed already, a worker has it right now, or it is the next "
                    + "one of a schedule."
            )
        }
    }
}

extension JobState {
    fileprivate init(_ state: JobBoard.State) {
        switch state {
        case .waiting: self = .waiting
        case .delayed: self = .delayed
        case .active: self = .active
        case .failed: self = .failed
        }
    }
}

extension JobBoard.Job {
    fileprivate init(_ job: KeptJob) {
        self.init(
            id: job.id,
            name: job.name.text,
            added: job.added,
            attemptsMade: job.attemptsMade,
            attempts: job.attempts,
            due: job.due,
            ended: job.ended,
            worker: job.worker,
            problem: job.problem
        )
    }
}
