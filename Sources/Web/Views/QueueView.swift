import Model
import Monitoring

/// The jobs of a state: `queue.mustache`.
struct QueueView: Sendable {
    let frame: PageFrame
    let formToken: String
    let states: [StateRow]
    /// What stands in the place of a page without jobs.
    let nothing: String?
    /// How many of the page's jobs are not shown, a sentence; nil when all are.
    let others: String?
    let jobs: [QueuedJobRow]
    /// Since when nobody takes jobs.
    let paused: TimeView?
    let schedules: [ScheduleRow]
    let hasSchedules: Bool
    let pages: PagesView?

    struct StateRow: Sendable, Hashable {
        let path: String
        let text: String
        let count: String
        let isChosen: Bool
    }

    struct ScheduleRow: Sendable, Hashable {
        let what: String
        /// nil when no more is to come.
        let next: TimeView?
    }

    struct PagesView: Sendable {
        let range: String
        let previous: String?
        let next: String?
    }

    init(_ page: JobBoard.Page, now: Timestamp, frame: PageFrame, formToken: String) {
        self.frame = frame
        self.formToken = formToken
        states = JobBoard.State.allCases.map { state in
            StateRow(
                path: Self.path(state),
                text: state.words,
                count: CountText.grouped(page.counts[state] ?? 0),
                isChosen: state == page.state
            )
        }
        jobs = page.jobs.map { QueuedJobRow($0, in: page.state, now: now) }
        nothing = page.jobs.isEmpty && page.others == 0 ? page.state.nothing : nil
        others =
            switch page.others {
            case 0: nil
            case 1: "One job of this page is about what somebody else watches."
            default: "\(page.others) jobs of this page are about what other people watch."
            }
        paused = page.pausedSince.map { TimeView($0, now: now) }
        schedules = page.schedules.map { schedule in
            ScheduleRow(what: JobText.what(schedule.name), next: schedule.next.map { TimeView($0, now: now) })
        }
        hasSchedules = !schedules.isEmpty
        let count = page.counts[page.state] ?? 0
        let first = (page.number - 1) * JobBoard.pageSize + 1
        pages =
            count <= JobBoard.pageSize && page.number == 1
            ? nil
            : PagesView(
                range: page.jobs.isEmpty && page.others == 0
                    ? "None of \(CountText.grouped(count))"
                    : "\(CountText.grouped(first))–\(CountText.grouped(first + page.jobs.count + page.others - 1)) of "
                        + CountText.grouped(count),
                previous: page.number > 1 ? Self.path(page.state, page: page.number - 1) : nil,
                next: page.hasNext ? Self.path(page.state, page: page.number + 1) : nil
            )
    }

    static func path(_ state: JobBoard.State, page: Int = 1) -> String {
        "/queue?state=\(state.rawValue)\(page > 1 ? "&page=\(page)" : "")"
    }
}

/// One job.
struct QueuedJobRow: Sendable, Hashable {
    let id: String
    let what: String
    /// Such as `added 3 minutes ago, failed 1 of 3 tries`.
    let facts: String
    let due: TimeView?
    let ended: TimeView?
    let problem: String?
    /// The word that its page is found by.
    let state: String
    let canRetry: Bool
    let canRemove: Bool

    init(_ job: JobBoard.Job, in state: JobBoard.State, now: Timestamp) {
        id = job.id
        what = JobText.what(job.name)
        var facts = ["added \(TimeView.relative(from: job.added, to: now))"]
        if job.attemptsMade > 0 {
            facts.append("failed \(job.attemptsMade) of \(job.attempts) \(job.attempts == 1 ? "try" : "tries")")
        }
        if let worker = job.worker { facts.append("with \(worker)") }
        self.facts = facts.joined(separator: ", ")
        due = job.due.map { TimeView($0, now: now) }
        ended = job.ended.map { TimeView($0, now: now) }
        problem = job.problem
        self.state = state.rawValue
        // Another program's id that is no text was read with this sign in it, so that the queue has no job of this name.
        let hasName = !job.id.contains("\u{FFFD}")
        canRetry = hasName && state == .failed
        // The next one of a schedule stays until the schedule goes.
        canRemove = hasName && (state == .failed || state != .active && !job.id.hasPrefix("repeat:"))
    }
}

extension JobBoard.State {
    fileprivate var words: String {
        switch self {
        case .waiting: "Waiting"
        case .delayed: "Delayed"
        case .active: "Active"
        case .failed: "Failed"
        }
    }

    fileprivate var nothing: String {
        switch self {
        case .waiting: "No job waits: everything that is due is being done or was done."
        case .delayed: "No job waits for its time."
        case .active: "Nobody works on anything right now."
        case .failed: "No job was given up."
        }
    }
}
