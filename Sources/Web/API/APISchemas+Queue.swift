import Monitoring
import Operations

extension APISchemas {
    static let queue = object([
        (
            "counts",
            object(JobBoard.State.allCases.map { ($0.rawValue, integer("How many jobs of everybody are so.")) })
        ),
        ("pausedSince", optionalTime),
        ("state", choice(JobBoard.State.allCases.map(\.rawValue), "How the jobs below are.")),
        ("page", integer("Which page of them this is, from 1.")),
        ("hasNext", ["type": "boolean", "description": "Whether there is another page."]),
        ("jobs", array(of: "QueuedJob")),
        ("others", integer("How many jobs of this page are other people's and not shown.")),
        ("schedules", array(of: "QueueSchedule")),
    ])

    static let queuedJob = object([
        ("id", text("The job's id.")),
        ("name", text("What it does: “check-price”.")),
        ("added", time),
        ("failures", integer("How often it was tried and failed.")),
        ("attempts", integer("How often it may be tried.")),
        ("due", optionalTime),
        ("ended", optionalTime),
        ("worker", optionalText("Who works on it.")),
        ("problem", optionalText("Why its last try failed.")),
    ])

    static let queueSchedule = object([
        ("name", text("What its jobs do.")),
        ("next", optionalTime),
    ])
}
