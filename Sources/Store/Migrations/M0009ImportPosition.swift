import SQL

extension Migration {
    /// How far an import has come, so that one that was cut short goes on: at most one row, and none when it is done.
    ///
    /// `indexes` are the definitions of those that it took away and makes again at its end, as JSON.
    static let m0009ImportPosition = Migration(
        "M0009 import position",
        [
            """
            CREATE TABLE import_position (
                id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
                digest TEXT NOT NULL,
                next_byte BIGINT NOT NULL,
                indexes TEXT NOT NULL
            )
            """
        ]
    )
}
