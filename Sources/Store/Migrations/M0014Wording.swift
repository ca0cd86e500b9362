import SQL

extension Migration {
    /// How messages on a channel are worded: texts with placeholders, empty for ours.
    static let m0014Wording = Migration(
        "M0014 wording",
        [
            "ALTER TABLE channel ADD COLUMN subject_template TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE channel ADD COLUMN text_template TEXT NOT NULL DEFAULT ''",
        ]
    )
}
