import Model
import Monitoring
import Operations

extension JSON {
    init(queue page: JobBoard.Page) {
        self = [
            "counts": .object(
                JobBoard.State.allCases.map { .init($0.rawValue, .integer(page.counts[$0] ?? 0)) }
            ),
            "pausedSince": JSON(page.pausedSince),
            "state": .string(page.state.rawValue),
            "page": .integer(page.number),
            "hasNext": .bool(page.hasNext),
            "jobs": .array(page.jobs.map(JSON.init(job:))),
            "others": .integer(page.others),
            "schedules": .array(
                page.schedules.map { ["name": .string($0.name), "next": JSON($0.next)] }
            ),
        ]
    }

    private init(job: JobBoard.Job) {
        self = [
            "id": .string(job.id),
            "name": .string(job.name),
            "added": JSON(job.added),
            "failures": .integer(job.attemptsMade),
            "attempts": .integer(job.attempts),
            "due": JSON(job.due),
            "ended": JSON(job.ended),
            "worker": JSON(job.worker),
            "problem": JSON(job.problem),
        ]
    }
}
