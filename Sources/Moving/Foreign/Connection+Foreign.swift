import Markup
import SQL

/// Tables of other programs, in a database on a PostgreSQL server.
extension Connection {
    /// Whether all of them are there.
    func hasTables(_ names: [String]) throws -> Bool {
        try names.allSatisfy { name in
            try row("SELECT 1 AS found WHERE to_regclass(\(name)) IS NOT NULL") != nil
        }
    }

    /// Calls `use` with each row, its columns as members, a few thousand in memory at a time.
    ///
    /// Only within a transaction.
    func eachRow(of table: String, orderedBy order: String, _ use: (JSONValue) throws -> Void) throws {
        try run(
            Statement(
                stringLiteral: """
                    DECLARE foreign_rows NO SCROLL CURSOR FOR
                    SELECT row_to_json(foreign_row)::text AS line FROM \(table) AS foreign_row ORDER BY \(order)
                    """
            )
        )
        while true {
            let rows = try rows("FETCH 5000 FROM foreign_rows")
            for row in rows {
                let line = try row.text("line")
                guard let value = JSONValue(strictly: line.utf8) else { throw SQLError.column("line", "is no JSON") }
                try use(value)
            }
            guard !rows.isEmpty else { break }
        }
        try run("CLOSE foreign_rows")
    }
}
