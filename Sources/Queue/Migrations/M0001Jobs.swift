import SQL

extension Migration {
    /// Times are milliseconds since 1970.
    ///
    /// `state` is waiting, delayed, active or failed; a finished job has no row. Jobs are taken by `priority`, then by
    /// `sequence`, which follows the time at which a job became ready. The partial indexes name the state once more,
    /// since SQLite would otherwise prefer `job_by_turn` to them.
    static let m0001Jobs = Migration(
        "M0001 jobs",
        [
            """
            CREATE TABLE job (
                id TEXT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                payload TEXT NOT NULL,
                state TEXT NOT NULL,
                priority BIGINT NOT NULL,
                sequence BIGINT NOT NULL,
                ready_at BIGINT NOT NULL,
                added_at BIGINT NOT NULL,
                attempts BIGINT NOT NULL,
                attempts_made BIGINT NOT NULL,
                backoff_base_ms BIGINT NOT NULL,
                backoff_limit_ms BIGINT NOT NULL,
                stalls BIGINT NOT NULL,
                worker TEXT,
                lease TEXT,
                lease_until BIGINT,
                failed_at BIGINT,
                problem TEXT
            )
            """,
            "CREATE INDEX job_by_turn ON job (state, priority, sequence)",
            "CREATE INDEX job_by_ready ON job (state, ready_at) WHERE state = 'delayed'",
            "CREATE INDEX job_by_lease ON job (state, lease_until) WHERE state = 'active'",
            "CREATE INDEX job_by_failure ON job (state, failed_at, id) WHERE state = 'failed'",
        ]
    )
}
