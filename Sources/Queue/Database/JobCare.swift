import Model
import SQL

/// What keeps jobs from being stuck: lost workers, clocks that were set, the pause.
extension Connection {
    /// All jobs that somebody holds.
    func heldJobs() throws -> [HeldJob] {
        try rows("SELECT id, lease, lease_until FROM job WHERE state = 'active'").map { row in
            HeldJob(
                id: try row.text("id"),
                lease: try row.text("lease"),
                until: Timestamp(milliseconds: try row.int("lease_until"))
            )
        }
    }

    func shortenLeases(to latest: Timestamp) throws {
        try run(
            """
            UPDATE job SET lease_until = \(latest.milliseconds)
             WHERE state = 'active' AND lease_until > \(latest.milliseconds)
            """
        )
    }

    /// Lets a job wait whose holder is lost; false when it is given up instead, or was renewed meanwhile.
    func recover(_ job: HeldJob, now: Timestamp) throws -> Bool {
        let lost: Statement = """
            id = \(job.id) AND state = 'active' AND lease = \(job.lease) AND lease_until = \(job.until.milliseconds)
            """
        let waits = try run(
            """
            UPDATE job SET state = 'waiting', stalls = stalls + 1, worker = NULL, lease = NULL, lease_until = NULL
             WHERE \(lost) AND stalls < \(Stalls.most)
            """
        )
        if waits > 0 { return true }
        try run(
            """
            UPDATE job SET state = 'failed', problem = \(Stalls.problem), failed_at = \(now.milliseconds),
                           worker = NULL, lease = NULL, lease_until = NULL
             WHERE \(lost)
            """
        )
        return false
    }

    /// No job is delayed for longer than it was to be: after a clock was set back, its time lies too far ahead.
    ///
    /// Jobs that are due at a time of the clock go on waiting for it.
    func mendDelays(now: Timestamp) throws {
        try run(
            """
            UPDATE job SET ready_at = \(now.milliseconds) + delay_ms,
                           sequence = (\(now.milliseconds) + delay_ms) * \(JobSequence.numbersPerMillisecond)
             WHERE state = 'delayed' AND ready_at > \(now.milliseconds) AND ready_at > \(now.milliseconds) + delay_ms
            """
        )
    }

    /// What was added before a clock was set back comes before what is added from now on.
    func mendTurns(now: Timestamp) throws {
        let first = now.milliseconds * JobSequence.numbersPerMillisecond
        for priority in try waitingPriorities() {
            let last = try row("SELECT MAX(sequence) AS last FROM job WHERE \(waiting(priority))")?.optionalInt("last")
            guard let last, last - first > JobSequence.farthest else { continue }
            try run(
                """
                UPDATE job SET sequence = sequence - \(last - first)
                 WHERE \(waiting(priority)) AND sequence > \(first)
                """
            )
        }
    }

    /// Since when the job that waits longest is ready.
    func longestReady(now: Timestamp) throws -> Timestamp? {
        var times = try waitingPriorities().compactMap { priority in
            try row("SELECT ready_at FROM job WHERE \(waiting(priority)) ORDER BY priority, sequence LIMIT 1")?
                .int("ready_at")
        }
        let delayed = try row("SELECT MIN(ready_at) AS first FROM job WHERE state = 'delayed'")?.optionalInt("first")
        if let delayed, delayed <= now.milliseconds { times.append(delayed) }
        return times.min().map(Timestamp.init(milliseconds:))
    }

    /// Found by leaps through the index: there are few of them, however many jobs wait.
    private func waitingPriorities() throws -> [Int] {
        var found: [Int] = []
        while let next = try row(
            "SELECT MIN(priority) AS next FROM job WHERE state = 'waiting' AND priority > \(found.last ?? -1)"
        )?.optionalInt("next") {
            found.append(next)
        }
        return found
    }

    func pausedSince() throws -> Timestamp? {
        try row("SELECT paused_at FROM job_pause WHERE id = 1").map {
            Timestamp(milliseconds: try $0.int("paused_at"))
        }
    }

    func pause(now: Timestamp) throws {
        try run("INSERT INTO job_pause (id, paused_at) VALUES (1, \(now.milliseconds)) ON CONFLICT (id) DO NOTHING")
    }

    func resume() throws { try run("DELETE FROM job_pause WHERE id = 1") }
}

private func waiting(_ priority: Int) -> Statement { "state = 'waiting' AND priority = \(priority)" }
