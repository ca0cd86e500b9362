import Model
import Monitoring
import Operations

extension APIRoutes {
    private static let job = APIBody(members: [
        .init(name: "job", kind: .text, isRequired: true, description: "The job's id.")
    ])

    static let queue: [APIRoute] = [
        APIRoute(
            method: .get,
            path: "/queue",
            operation: "listJobs",
            summary: "Shows how the queue is, with the jobs of a state that are not other people's",
            rights: .read,
            query: [
                .init(
                    name: "state",
                    schema: [
                        "type": "string", "enum": .array(JobBoard.State.allCases.map { .string($0.rawValue) }),
                        "default": "waiting",
                    ],
                    description:
                        "Which jobs: those that may begin, wait for their time, are worked on, or were given up."
                ),
                .init(
                    name: "page",
                    schema: ["type": "integer", "minimum": 1, "default": 1],
                    description: "Which page of \(JobBoard.pageSize) jobs."
                ),
            ],
            answers: [.init(status: 200, description: "The queue.", schema: "Queue")],
            problems: [422]
        ) { call in
            let (state, page) = (call.query["state"], call.query["page"])
            let states = JobBoard.State.allCases
            guard let chosen = state.isEmpty ? .waiting : JobBoard.State(rawValue: state) else {
                let known = states.map(\.rawValue).joined(separator: ", ")
                throw RequestError.invalid(
                    field: "state",
                    "“\(state.prefix(40))” is no state of jobs; there are: \(known)."
                )
            }
            guard let number = page.isEmpty ? 1 : Int(page), (1...1_000_000).contains(number) else {
                throw RequestError.invalid(
                    field: "page",
                    "The page must be a whole number from 1 to 1000000, not “\(page.prefix(40))”."
                )
            }
            return .ok(JSON(queue: try await call.monitoring.board.page(chosen, number: number, as: call.actor)))
        },
        APIRoute(
            method: .post,
            path: "/queue/retry",
            operation: "retryJob",
            summary: "Lets a job that was given up start over",
            rights: .write,
            body: job,
            answers: [.init(status: 202, description: "It starts over.")],
            problems: [404, 409]
        ) { call in
            try await call.monitoring.board.retry(call.text("job") ?? "", as: call.actor)
            return APIAnswer(status: 202)
        },
        APIRoute(
            method: .post,
            path: "/queue/remove",
            operation: "removeJob",
            summary:
                "Removes a job that nobody works on; a message is not sent then, a listing is checked by another job",
            rights: .write,
            body: job,
            answers: [.init(status: 204, description: "It is removed.")],
            problems: [404]
        ) { call in
            _ = try await call.monitoring.board.remove(call.text("job") ?? "", as: call.actor)
            return .nothing
        },
        APIRoute(
            method: .post,
            path: "/queue/pause",
            operation: "pauseQueue",
            summary: "Keeps all jobs of everybody from beginning until the queue is resumed",
            rights: .write,
            answers: [.init(status: 204, description: "It is paused.")]
        ) { call in
            try await call.monitoring.board.pause(as: call.actor)
            return .nothing
        },
        APIRoute(
            method: .post,
            path: "/queue/resume",
            operation: "resumeQueue",
            summary: "Lets jobs begin again",
            rights: .write,
            answers: [.init(status: 204, description: "It is not paused.")]
        ) { call in
            try await call.monitoring.board.resume(as: call.actor)
            return .nothing
        },
    ]
}
