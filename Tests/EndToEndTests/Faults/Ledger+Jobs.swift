import SQL
import TestSupport

extension Ledger {
    /// A job, wherever the installation keeps its jobs.
    struct Job: Hashable, Sendable {
        enum State: String, Sendable {
            case waiting, delayed, active, failed
        }

        let id: String
        let name: String
        let state: State
        let attemptsMade: Int
        /// Who has it, while it is active.
        let worker: String
    }

    /// All jobs that are still to be done or have failed, without those of maintenance.
    func jobs() async throws -> [Job] {
        let all =
            if let keys = installation.queueKeys {
                try Self.jobsInRedis(keys, installation.redisCommand)
            } else {
                try await look { try $0.jobs() }
            }
        return all.filter { !$0.name.hasPrefix("maintenance-") }
    }

    /// The jobs that a living process holds.
    func activeJobs(of process: Int32) async throws -> Int {
        try await jobs().count { $0.state == .active && $0.worker.hasSuffix("-\(process)") }
    }

    private static func jobsInRedis(
        _ keys: String,
        _ ask: ([String]) throws -> TestRedis.Answer
    ) throws -> [Job] {
        let lists: [(Job.State, [String])] = [
            (.waiting, ["LRANGE", "\(keys)wait", "0", "-1"]), (.waiting, ["ZRANGE", "\(keys)prioritized", "0", "-1"]),
            (.delayed, ["ZRANGE", "\(keys)delayed", "0", "-1"]), (.active, ["LRANGE", "\(keys)active", "0", "-1"]),
            (.failed, ["ZRANGE", "\(keys)failed", "0", "-1"]),
        ]
        return try lists.flatMap { state, command in
            try ask(command).list.compactMap(\.text).map { id in
                let fields = try ask(["HMGET", "\(keys)\(id)", "name", "atm", "pb"]).list
                return Job(
                    id: id,
                    name: fields[0].text ?? "",
                    state: state,
                    attemptsMade: fields[1].number ?? 0,
                    worker: fields[2].text ?? ""
                )
            }
        }
    }
}

extension Connection {
    fileprivate func jobs() throws -> [Ledger.Job] {
        try rows("SELECT id, name, state, attempts_made, worker FROM job").map { row in
            let state = try row.text("state")
            guard let known = Ledger.Job.State(rawValue: state) else { throw Problem("A job is \(state).") }
            return Ledger.Job(
                id: try row.text("id"),
                name: try row.text("name"),
                state: known,
                attemptsMade: try row.int("attempts_made"),
                worker: try row.optionalText("worker") ?? ""
            )
        }
    }
}
