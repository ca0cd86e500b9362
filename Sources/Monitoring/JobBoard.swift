package import Model
import Queue
import SQL
import Store

/// What people see of the queue, and set right in it.
///
/// Jobs about somebody's listings, messages and reports are that person's; all others, and how many there are, are
/// everybody's.
package struct JobBoard: Sendable {
    let database: any Database
    let queue: any Queue
    let watching: Watching
    let now: @Sendable () -> Timestamp

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
        /// When its next one is due; nil when no more is to come.
        package let next: Timestamp?

        package init(name: String, next: Timestamp?) { (self.name, self.next) = (name, next) }
    }

    /// One page of a state's jobs, and how the queue is.
    package struct Page: Sendable {
        /// Of everybody's jobs.
        package let counts: [State: Int]
        package let state: State
        /// Without those of other people.
        package let jobs: [Job]
        /// How many jobs of this page are other people's.
        package let others: Int
        /// From 1.
        package let number: Int
        package let pausedSince: Timestamp?
        package let schedules: [Schedule]

        package init(
            counts: [State: Int],
            state: State,
            jobs: [Job],
            others: Int = 0,
            number: Int,
            pausedSince: Timestamp?,
            schedules: [Schedule]
        ) {
            self.counts = counts
            self.state = state
            self.jobs = jobs
            self.others = others
            self.number = number
            self.pausedSince = pausedSince
            self.schedules = schedules
        }

        package var hasNext: Bool { number * JobBoard.pageSize < counts[state] ?? 0 }
    }

    /// What becomes of what a removed job was to do.
    package enum Removal: Hashable, Sendable {
        /// It is not done.
        case forGood
        /// The message is not sent; the log of its channel says so.
        case withdrawn
        /// The listing is checked all the same, by another job, within `Scheduling.lease`.
        case comesAgain
    }

    /// `number` counts from 1; beyond the last page there are no jobs.
    package func page(_ state: State, number: Int, as actor: Actor) async throws -> Page {
        let counts = try await queue.counts()
        let jobs = try await queue.jobs(
            JobState(state),
            limit: Self.pageSize,
            offset: (max(number, 1) - 1) * Self.pageSize
        )
        let visible = try await visible(jobs, to: actor)
        return Page(
            counts: [
                .waiting: counts.waiting, .delayed: counts.delayed, .active: counts.active, .failed: counts.failed,
            ],
            state: state,
            jobs: visible.map(Job.init),
            others: jobs.count - visible.count,
            number: max(number, 1),
            pausedSince: try await queue.pausedSince(),
            schedules: try await schedules(of: actor)
        )
    }

    private func visible(_ jobs: [KeptJob], to actor: Actor) async throws -> [KeptJob] {
        let subjects = Set(jobs.compactMap { JobSubject(job: $0.id) })
        guard !subjects.isEmpty else { return jobs }
        let owners = try await database.read { try $0.owners(of: subjects) }
        return jobs.filter { job in
            (JobSubject(job: job.id).flatMap { owners[$0] } ?? actor.account) == actor.account
        }
    }

    private func schedules(of actor: Actor) async throws -> [Schedule] {
        var found: [Schedule] = []
        let now = now()
        for kept in try await queue.schedulers() {
            let job = kept.scheduler.job(at: kept.next)
            if case .account(let owner)? = JobSubject(job: job), owner != actor.account { continue }
            // A time that is over is the next one's only while that waits to be taken.
            var isToCome = kept.next > now
            if !isToCome { isToCome = try await queue.isPending(job) }
            found.append(Schedule(name: kept.scheduler.template.name.text, next: isToCome ? kept.next : nil))
        }
        return found
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
