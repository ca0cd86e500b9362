import Model
import SQL

extension Connection {
    /// Whether the job was new.
    ///
    /// A failed job of the same id starts over; that it stalled stays known, so that a job which kills its worker does
    /// so once from then on. `scheduler` is whose turn it is; such a job is due at a time of the clock.
    func insert(_ job: NewJob, sequence: Int, now: Timestamp, scheduler: String? = nil) throws -> Bool {
        if let subject = job.deduplication, try hasPendingJob(about: subject) { return false }
        let ready = now + job.delay
        let delay = scheduler == nil && ready > now ? job.delay.wholeMilliseconds : nil
        return try run(
            """
            INSERT INTO job (
                id, name, payload, state, priority, sequence, ready_at, added_at, attempts, attempts_made,
                backoff_base_ms, backoff_limit_ms, backoff_jitter_percent, stalls, deadline_ms, delay_ms,
                deduplication, scheduler
            ) VALUES (
                \(job.id), \(job.name.text), \(job.payload), \(ready > now ? "delayed" : "waiting"), \(job.priority),
                \(sequence), \(ready.milliseconds), \(now.milliseconds), \(job.attempts), 0,
                \(job.backoff.base.wholeMilliseconds), \(job.backoff.limit.wholeMilliseconds),
                \(job.backoff.jitterPercent), 0, \(job.deadline?.wholeMilliseconds), \(delay),
                \(job.deduplication), \(scheduler)
            )
            ON CONFLICT (id) DO UPDATE
               SET name = excluded.name, payload = excluded.payload, state = excluded.state,
                   priority = excluded.priority, sequence = excluded.sequence, ready_at = excluded.ready_at,
                   added_at = excluded.added_at, attempts = excluded.attempts, attempts_made = 0,
                   backoff_base_ms = excluded.backoff_base_ms, backoff_limit_ms = excluded.backoff_limit_ms,
                   backoff_jitter_percent = excluded.backoff_jitter_percent, deadline_ms = excluded.deadline_ms,
                   delay_ms = excluded.delay_ms, deduplication = excluded.deduplication,
                   scheduler = excluded.scheduler, failed_at = NULL, problem = NULL
             WHERE job.state = 'failed'
            """
        ) > 0
    }

    func hasPendingJob(about subject: String) throws -> Bool {
        try row(
            """
            SELECT 1 AS found FROM job WHERE deduplication = \(subject) AND deduplication IS NOT NULL
               AND state <> 'failed'
            """
        ) != nil
    }

    /// Lets jobs wait whose time has come.
    ///
    /// One worker at a time: the others would hold the rows that they find changed, and nobody could take them.
    func wakeDelayedJobs(now: Timestamp) throws {
        let ready: Statement = "state = 'delayed' AND ready_at <= \(now.milliseconds)"
        guard try row("SELECT 1 AS found FROM job WHERE \(ready) LIMIT 1") != nil else { return }
        try lock("wake")
        try run("UPDATE job SET state = 'waiting' WHERE \(ready)")
    }

    /// Takes up to `limit` waiting jobs, first turn first.
    ///
    /// A taker that dies holds them until `until`; then `recoverStalled` lets them wait again.
    func takeJobs(
        limit: Int,
        worker: String,
        lease: String,
        until: Timestamp
    ) throws -> [(job: Job, scheduler: String?)] {
        let rows = try rows(
            """
            UPDATE job SET state = 'active', worker = \(worker), lease = \(lease), lease_until = \(until.milliseconds)
             WHERE id IN (
                SELECT id FROM job WHERE state = 'waiting' ORDER BY priority, sequence LIMIT \(limit) \(skipLocked)
             )
            RETURNING id, name, payload, attempts_made, attempts, added_at, deadline_ms, scheduler, priority, sequence
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
                    deadline: try row.optionalInt("deadline_ms").map { .milliseconds($0) },
                    lease: lease
                ),
                scheduler: try row.optionalText("scheduler")
            )
        }
        return turns.sorted { $0.turn < $1.turn }.map { ($0.job, $0.scheduler) }
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

    /// The ids of the jobs that were still held by `lease`.
    func deleteJobs(_ ids: [String], lease: String) throws -> Set<String> {
        let rows = try rows(
            "DELETE FROM job WHERE id IN \(list: ids) AND lease = \(lease) AND state = 'active' RETURNING id"
        )
        return Set(try rows.map { try $0.text("id") })
    }

    /// False when another one holds the job; so for all that end a job.
    ///
    /// The job keeps its place among those that wait: before all that came later.
    func returnJob(_ job: Job) throws -> Bool {
        try run(
            """
            UPDATE job SET state = 'waiting', worker = NULL, lease = NULL, lease_until = NULL WHERE \(held(job))
            """
        ) > 0
    }

    /// The job waits for its next attempt, which comes after `wait`.
    func delayJob(_ job: Job, by wait: Duration, sequence: Int, problem: String, now: Timestamp) throws -> Bool {
        let isDelayed = wait.wholeMilliseconds > 0
        return try run(
            """
            UPDATE job SET state = \(isDelayed ? "delayed" : "waiting"), ready_at = \((now + wait).milliseconds),
                           delay_ms = \(wait.wholeMilliseconds), sequence = \(sequence),
                           attempts_made = attempts_made + 1, problem = \(problem),
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
        try row(
            "SELECT backoff_base_ms, backoff_limit_ms, backoff_jitter_percent FROM job WHERE \(held(job))"
        ).map { row in
            Backoff(
                base: .milliseconds(try row.int("backoff_base_ms")),
                limit: .milliseconds(try row.int("backoff_limit_ms")),
                jitterPercent: try row.int("backoff_jitter_percent")
            )
        }
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
        // One by one, since the index of each state holds only its own jobs.
        func count(_ condition: Statement) throws -> Int {
            try row("SELECT COUNT(*) AS n FROM job WHERE \(condition)")?.int("n") ?? 0
        }
        let ready = try count("state = 'delayed' AND ready_at <= \(now.milliseconds)")
        return QueueCounts(
            waiting: try count("state = 'waiting'") + ready,
            delayed: try count("state = 'delayed'") - ready,
            active: try count("state = 'active'"),
            failed: try count("state = 'failed'")
        )
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
