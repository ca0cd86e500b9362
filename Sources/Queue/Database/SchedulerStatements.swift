import Model
import SQL

extension Connection {
    /// Until the transaction ends, others that change job schedulers or repair the queue wait.
    func lockSchedulers() throws { try lock("job_scheduler") }

    /// Whoever would change it waits until the transaction ends.
    func lockedScheduler(_ id: String) throws -> SchedulerRow? {
        try row("SELECT * FROM job_scheduler WHERE id = \(id) \(forUpdate)").map(SchedulerRow.init)
    }

    func schedulers() throws -> [SchedulerRow] {
        try rows("SELECT * FROM job_scheduler ORDER BY id").map(SchedulerRow.init)
    }

    func scheduler(_ id: String) throws -> SchedulerRow? {
        try row("SELECT * FROM job_scheduler WHERE id = \(id)").map(SchedulerRow.init)
    }

    func deleteScheduler(_ id: String) throws { try run("DELETE FROM job_scheduler WHERE id = \(id)") }

    func setScheduler(_ id: String, next: Timestamp, made: Int) throws {
        try run("UPDATE job_scheduler SET next_at = \(next.milliseconds), made = \(made) WHERE id = \(id)")
    }

    /// Takes the place of a scheduler with the same id.
    func write(_ row: SchedulerRow) throws {
        let (scheduler, job) = (row.scheduler, row.scheduler.template)
        try deleteScheduler(scheduler.id)
        try run(
            """
            INSERT INTO job_scheduler (
                id, pattern, zone, every_ms, offset_ms, name, payload, priority, attempts,
                backoff_base_ms, backoff_limit_ms, backoff_jitter_percent, deadline_ms,
                most, start_at, end_at, next_at, made
            ) VALUES (
                \(scheduler.id), \(scheduler.rhythm.cron?.pattern), \(scheduler.rhythm.cron?.zone),
                \(scheduler.rhythm.everyMilliseconds), \(row.offset), \(job.name.text), \(job.payload),
                \(job.priority), \(job.attempts), \(job.backoff.base.wholeMilliseconds),
                \(job.backoff.limit.wholeMilliseconds), \(job.backoff.jitterPercent),
                \(job.deadline?.wholeMilliseconds), \(scheduler.limit), \(scheduler.start?.milliseconds),
                \(scheduler.end?.milliseconds), \(row.next.milliseconds), \(row.made)
            )
            """
        )
    }

    /// Whether such a job was there and is gone.
    @discardableResult
    func deleteIteration(_ job: String, states: [String]) throws -> Bool {
        try run("DELETE FROM job WHERE id = \(job) AND state IN \(list: states)") > 0
    }
}

extension SchedulerRow {
    fileprivate init(_ row: Row) throws {
        let rhythm: JobScheduler.Rhythm =
            if let every = try row.optionalInt("every_ms") {
                .every(.milliseconds(every))
            } else {
                .cron(try Cron(try row.text("pattern")), zone: try row.text("zone"))
            }
        let template = NewJob(
            id: "",
            name: JobName(try row.text("name")),
            payload: try row.text("payload"),
            priority: try row.int("priority"),
            attempts: try row.int("attempts"),
            backoff: Backoff(
                base: .milliseconds(try row.int("backoff_base_ms")),
                limit: .milliseconds(try row.int("backoff_limit_ms")),
                jitterPercent: try row.int("backoff_jitter_percent")
            ),
            deadline: try row.optionalInt("deadline_ms").map { .milliseconds($0) }
        )
        scheduler = JobScheduler(
            id: try row.text("id"),
            rhythm: rhythm,
            template: template,
            limit: try row.optionalInt("most"),
            start: try row.optionalInt("start_at").map(Timestamp.init(milliseconds:)),
            end: try row.optionalInt("end_at").map(Timestamp.init(milliseconds:))
        )
        offset = try row.int("offset_ms")
        next = Timestamp(milliseconds: try row.int("next_at"))
        made = try row.int("made")
    }
}
