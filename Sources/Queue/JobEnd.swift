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

/// A taken job and how its turn ended.
package struct EndedJob: Hashable, Sendable {
    package let job: Job
    package let end: JobEnd
    /// Why a job that finished had nothing to do, a sentence without secrets; kept as its result where the job is kept.
    package let note: String?

    package init(_ job: Job, _ end: JobEnd, note: String? = nil) {
        self.job = job
        self.end = end
        self.note = note
    }
}

/// What came of ending jobs and taking others in one step.
package struct Settlement: Hashable, Sendable {
    /// Those of the ended jobs whose lease was lost: for them nothing was changed.
    package var lost: [Job]
    /// First turn first.
    package var taken: [Job]

    package init(lost: [Job] = [], taken: [Job] = []) {
        self.lost = lost
        self.taken = taken
    }
}

extension String {
    /// What is kept of a reason.
    var cappedProblem: String { String(prefix(500)) }
}
