import SQL

extension Migration {
    /// When a listing may be checked: days of the week as bits from Sunday on, minutes after midnight, a time zone's
    /// name; all null for at any time.
    static let m0007Windows = Migration(
        "M0007 windows",
        [
            "ALTER TABLE listing ADD COLUMN window_days BIGINT",
            "ALTER TABLE listing ADD COLUMN window_from BIGINT",
            "ALTER TABLE listing ADD COLUMN window_to BIGINT",
            "ALTER TABLE listing ADD COLUMN window_zone TEXT",
            "CREATE INDEX listing_by_window ON listing (owner_id, created_at, id) WHERE window_zone IS NOT NULL",
        ]
    )
}
