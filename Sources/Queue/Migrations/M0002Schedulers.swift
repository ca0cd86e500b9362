import SQL

extension Migration {
    /// Deadlines, chance in waits, what a job is about, the pause, and jobs that come again.
    ///
    /// `delay_ms` is how long a delayed job was to wait when it was delayed, null for one that is due at a time of the
    /// clock. Of the index by turn only the part of the waiting jobs was ever read, so it gives way to one that holds no
    /// others: each job then stands in one index at a time besides its key.
    static let m0002Schedulers = Migration(
        "M0002 schedulers",
        [
            "ALTER TABLE job ADD COLUMN deadline_ms BIGINT",
            "ALTER TABLE job ADD COLUMN backoff_jitter_percent BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE job ADD COLUMN delay_ms BIGINT",
            "ALTER TABLE job ADD COLUMN deduplication TEXT",
            "ALTER TABLE job ADD COLUMN scheduler TEXT",
            "DROP INDEX job_by_turn",
            "CREATE INDEX job_by_place ON job (priority, sequence) WHERE state = 'waiting'",
            """
            CREATE UNIQUE INDEX job_by_deduplication ON job (deduplication)
             WHERE deduplication IS NOT NULL AND state <> 'failed'
            """,
            """
            CREATE TABLE job_pause (
                id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
                paused_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE job_scheduler (
                id TEXT NOT NULL PRIMARY KEY,
                pattern TEXT,
                zone TEXT,
                every_ms BIGINT,
                offset_ms BIGINT NOT NULL,
                name TEXT NOT NULL,
                payload TEXT NOT NULL,
                priority BIGINT NOT NULL,
                attempts BIGINT NOT NULL,
                backoff_base_ms BIGINT NOT NULL,
                backoff_limit_ms BIGINT NOT NULL,
                backoff_jitter_percent BIGINT NOT NULL,
                deadline_ms BIGINT,
                most BIGINT,
                start_at BIGINT,
                end_at BIGINT,
                next_at BIGINT NOT NULL,
                made BIGINT NOT NULL
            )
            """,
        ]
    )
}
