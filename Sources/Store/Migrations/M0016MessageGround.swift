import SQL

extension Migration {
    /// What a message about a product rests on, so that it can be taken back when it is not true any more.
    ///
    /// A message that was taken back is `refused` with a time in `withdrawn_at`: the version before knows no third word.
    static let m0016MessageGround = Migration(
        "M0016 message ground",
        [
            "ALTER TABLE message ADD COLUMN product_id TEXT",
            "ALTER TABLE message ADD COLUMN ground TEXT",
            "ALTER TABLE message ADD COLUMN withdrawn_at BIGINT",
            "CREATE INDEX message_by_product ON message (product_id, created_at) WHERE product_id IS NOT NULL",
        ]
    )
}
