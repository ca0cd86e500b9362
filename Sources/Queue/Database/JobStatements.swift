import Model
import SQL

extension Connection {
    /// Whether the job was new.
    ///
    /// A failed job of the same id starts over; that it stalled stays known, so that a job which kills its worker does
    /// so once from then on.
    func insert(_ job: NewJob, sequence: Int, now: Timestamp) throws -> Bool {
        let ready = now + job.delay
        return try run(
            """
            INSERT INTO job (
                id, name, payload, state, priority, sequence, ready_at, added_at, attempts, attempts_made,
                backoff_base_ms, backoff_limit_ms, stalls
            ) VALUES (
                \(job.id), \(job.name.text), \(job.payload), \(ready > now ? "delayed" : "waiting"), \(job.priority),
                \(sequence), \(ready.milliseconds), \(now.milliseconds), \(job.attempts), 0,
                \(job.backoff.base.wholeMilliseconds), \(job.backoff.limit.wholeMilliseconds), 0
            )
            ON CONFLICT (id) DO UPDATE
               SET name = excluded.name, payload = excluded.payload, state = excluded.state,
                   priority = excluded.priority, sequence = excluded.sequence, ready_at = excluded.ready_at,
                   added_at = excluded.added_at, attempts = excluded.attempts, attempts_made = 0,
                   backoff_base_ms = excluded.backoff_base_ms, backoff_limit_ms = excluded.backoff_limit_ms,
                   failed_at = NULL, problem = NULL
             WHERE job.state = 'failed'
            """
        ) > 0
    }

    /// Lets jobs wait whose time has come.
    func wakeDelayedJobs(now: Timestamp) throws {
        try run("UPDATE job SET state = 'waiting' WHERE state = 'delayed' AND ready_at <= \(now.milliseconds)")
    }

    /// Takes up to `limit` waiting jobs, first turn first.
    ///
    /// A taker that dies holds them until `until`; then `recoverStalledJobs` lets them wait again.
    func takeJobs(limit: Int, worker: String, lease: String, until: Timestamp) throws -> [Job] {
        // PostgreSQL has many writers at once: what another one is just taking is passed over.
        let passOver: Statement = engine == .postgres ? "FOR UPDATE SKIP LOCKED" : ""
        let rows = try rows(
            """
            UPDATE job SET state = 'active', worker = \(worker), lease = \(lease), lease_until = \(until.milliseconds)
             WHERE id IN (
                SELECT id FROM job WHERE state = 'waiting' ORDER BY priority, sequence LIMIT \(limit) \(passOver)
             )
            RETURNING id, name, payload, attempts_made, attempts, added_at, priority, sequence
            """
        )
        let turns = try rows.map { row in
            (
                turn: (try row.int("priority"), try row.int("sequence")),
                job: Job(
                    id: try row.text("id"),
                    name: JobName(try row.text("name")),
                    payload: try row.text("payload"),
                    attempt: try row.int("attempts_made") + 1,
                    attempts: try row.int("attempts"),
                    added: Timestamp(milliseconds: try row.int("added_at")),
                    lease: lease
                )
            )
        }
        return turns.sorted { $0.turn < $1.turn }.map(\.job)
    }

    /// The ids of the jobs that are still held by `lease`.
    func extendLease(_ lease: String, of ids: [String], until: Timestamp) throws -> Set<String> {
        let rows = try rows(
            """
            UPDATE job SET lease_until = \(until.milliseconds)
             WHERE id IN \(list: ids) AND lease = \(lease) AND state = 'active' RETURNING id
            """
        )
        return Set(try rows.map { try $0.text("id") })
    }

    /// False when another one holds the job; so for all that end a job.
    func deleteJob(_ job: Job) throws -> Bool {
        try run("DELETE FROM job WHERE \(held(job))") > 0
    }

    /// The job keeps its place among those that wait: before all that came later.
    func returnJob(_ job: Job) throws -> Bool {
        try run(
            """
            UPDATE job SET state = 'waiting', worker = NULL, lease = NULL, lease_until = NULL WHERE \(held(job))
            """
        ) > 0
    }

    /// The job waits for its next attempt, which comes at `ready`.
    func delayJob(_ job: Job, until ready: Timestamp, sequence: Int, problem: String, now: Timestamp) throws -> Bool {
        try run(
            """
            UPDATE job SET state = \(ready > now ? "delayed" : "waiting"), ready_at = \(ready.milliseconds),
                           sequence = \(sequence), attempts_made = attempts_made + 1, problem = \(problem),
                           worker = NULL, lease = NULL, lease_until = NULL
             WHERE \(held(job))
            """
        ) > 0
    }

    func failJob(_ job: Job, problem: String, now: Timestamp) throws -> Bool {
        try run(
            """
            UPDATE job SET state = 'failed', attempts_made = attempts_made + 1, problem = \(problem),
                           failed_at = \(now.milliseconds), worker = NULL, lease = NULL, lease_until = NULL
             WHERE \(held(job))
            """
        ) > 0
    }

    /// nil when another one holds the job.
    func backoff(of job: Job) throws -> Backoff? {
        try row("SELECT backoff_base_ms, backoff_limit_ms FROM job WHERE \(held(job))").map { row in
            Backoff(
                base: .milliseconds(try row.int("backoff_base_ms")),
                limit: .milliseconds(try row.int("backoff_limit_ms"))
            )
        }
    }

    /// Lets jobs wait again whose lease has run out, and fails those that stalled more than `mostStalls` times; says
    /// how many wait and how many failed.
    func recoverStalledJobs(mostStalls: Int, now: Timestamp) throws -> (waiting: Int, failed: Int) {
        let problem =
            "The worker stopped answering \(mostStalls + 1) times while it did this job: it may be what stops it."
        let failed = try run(
            """
            UPDATE job SET state = 'failed', problem = \(problem), failed_at = \(now.milliseconds),
                           worker = NULL, lease = NULL, lease_until = NULL
             WHERE state = 'active' AND lease_until <= \(now.milliseconds) AND stalls >= \(mostStalls)
            """
        )
        let waiting = try run(
            """
            UPDATE job SET state = 'waiting', stalls = stalls + 1, worker = NULL, lease = NULL, lease_until = NULL
             WHERE state = 'active' AND lease_until <= \(now.milliseconds)
            """
        )
        return (waiting, failed)
    }

    /// Removes all failed jobs but the newest `kept`.
    func pruneFailedJobs(keeping kept: Int) throws {
        try run(
            """
            DELETE FROM job WHERE id IN (
                SELECT id FROM job WHERE state = 'failed' ORDER BY failed_at DESC, id DESC LIMIT 1000 OFFSET \(kept)
            )
            """
        )
    }

    func countJobs(now: Timestamp) throws -> QueueCounts {
        var counts = QueueCounts(waiting: 0, delayed: 0, active: 0, failed: 0)
        for row in try rows("SELECT state, COUNT(*) AS n FROM job GROUP BY state") {
            let count = try row.int("n")
            switch try row.text("state") {
            case "waiting": counts.waiting = count
            case "delayed": counts.delayed = count
            case "active": counts.active = count
            case "failed": counts.failed = count
            case let state: throw SQLError.column("state", "has the unknown value “\(state.prefix(40))”")
            }
        }
        let ready = try row(
            "SELECT COUNT(*) AS n FROM job WHERE state = 'delayed' AND ready_at <= \(now.milliseconds)"
        )?.int("n")
        counts.waiting += ready ?? 0
        counts.delayed -= ready ?? 0
        return counts
    }

    func jobFailures(of ids: [String]) throws -> [String: String] {
        let rows = try rows("SELECT id, problem FROM job WHERE id IN \(list: ids) AND state = 'failed'")
        return Dictionary(
            uniqueKeysWithValues: try rows.map {
                (try $0.text("id"), try $0.optionalText("problem") ?? "Nobody knows why.")
            }
        )
    }

    func hasPendingJob(_ id: String) throws -> Bool {
        try row("SELECT 1 AS found FROM job WHERE id = \(id) AND state <> 'failed'") != nil
    }

    /// When the next job may be taken: `now` when one waits, nil when none is to come.
    func nextTurn(now: Timestamp) throws -> Timestamp? {
        if try row("SELECT 1 AS found FROM job WHERE state = 'waiting' LIMIT 1") != nil { return now }
        let next = try row("SELECT MIN(ready_at) AS next FROM job WHERE state = 'delayed'")
        return try next?.optionalInt("next").map(Timestamp.init(milliseconds:))
    }
}

private func held(_ job: Job) -> Statement {
    "id = \(job.id) AND lease = \(job.lease) AND state = 'active'"
}
