import Model
import SQL

extension DatabaseQueue {
    package func jobs(_ state: JobState, limit: Int, offset: Int) async throws -> [KeptJob] {
        try await database.read { try $0.keptJobs(state, limit: limit, offset: offset) }
    }

    package func retry(_ id: String) async throws -> Bool {
        let isRetried = try await database.transaction(.locking) { [clock, sequence] connection in
            let now = try clock.now(connection)
            return try connection.retryJob(id, sequence: sequence.next(ready: now, now: now), now: now)
        }
        if isRetried { signal.send() }
        return isRetried
    }

    package func remove(_ id: String) async throws -> Bool {
        try await database.transaction(.locking) { connection in
            try connection.lockSchedulers()
            let isNext = try connection.schedulers().contains { $0.scheduler.job(at: $0.next) == id }
            return try !isNext && connection.deleteJob(id)
        }
    }
}

extension Connection {
    fileprivate func keptJobs(_ state: JobState, limit: Int, offset: Int) throws -> [KeptJob] {
        let order: Statement =
            switch state {
            case .waiting: "state = 'waiting' ORDER BY priority, sequence"
            case .delayed: "state = 'delayed' ORDER BY ready_at"
            case .active: "state = 'active' ORDER BY lease_until"
            case .failed: "state = 'failed' ORDER BY failed_at DESC, id DESC"
            }
        return try rows("SELECT * FROM job WHERE \(order) LIMIT \(limit) OFFSET \(offset)").map { row in
            let ready = Timestamp(milliseconds: try row.int("ready_at"))
            return KeptJob(
                id: try row.text("id"),
                name: JobName(try row.text("name")),
                added: Timestamp(milliseconds: try row.int("added_at")),
                attemptsMade: try row.int("attempts_made"),
                attempts: try row.int("attempts"),
                due: state == .delayed ? ready : nil,
                ended: try row.optionalInt("failed_at").map(Timestamp.init(milliseconds:)),
                worker: try row.optionalText("worker"),
                problem: try row.optionalText("problem")
            )
        }
    }

    /// False when there is no such failed job, or another one about the same is still to be done.
    fileprivate func retryJob(_ id: String, sequence: Int, now: Timestamp) throws -> Bool {
        guard let row = try row("SELECT deduplication FROM job WHERE id = \(id) AND state = 'failed' \(forUpdate)")
        else {
            return false
        }
        if let subject = try row.optionalText("deduplication"), try hasPendingJob(about: subject) { return false }
        return try run(
            """
            UPDATE job SET state = 'waiting', ready_at = \(now.milliseconds), sequence = \(sequence), attempts_made = 0,
                           failed_at = NULL, problem = NULL
             WHERE id = \(id) AND state = 'failed'
            """
        ) > 0
    }

    fileprivate func deleteJob(_ id: String) throws -> Bool {
        try run("DELETE FROM job WHERE id = \(id) AND state IN ('waiting', 'delayed', 'failed')") > 0
    }
}
