import SQL

extension Migration {
    /// Whose word a doubted run waits for, so that the question for an account's doubts reads those of no other.
    ///
    /// Only doubted runs have it: an id in each of ten million would be most of what the history takes.
    static let m0015DoubtOwner = Migration(
        "M0015 doubt owner",
        [
            "ALTER TABLE history_run ADD COLUMN doubt_owner_id TEXT",
            """
            UPDATE history_run
               SET doubt_owner_id = (SELECT owner_id FROM listing WHERE id = history_run.listing_id)
             WHERE standing = 'suspect'
            """,
            """
            CREATE INDEX history_run_doubted ON history_run (doubt_owner_id, from_at) WHERE standing = 'suspect'
            """,
            "DROP INDEX history_run_suspect",
        ]
    )
}
