import SQL

extension Migration {
    /// Who of several processes acts, and until when if it shows no sign of life.
    ///
    /// One row for each part that is played by one process at a time. `term` grows with each change of hands.
    static let m0011Leadership = Migration(
        "M0011 leadership",
        [
            """
            CREATE TABLE leadership (
                part TEXT NOT NULL PRIMARY KEY,
                holder TEXT NOT NULL,
                term BIGINT NOT NULL,
                until_at BIGINT NOT NULL
            )
            """
        ]
    )
}
