import Logging
import SQL
import TestSupport
import Testing

/// Values of every kind that PostgreSQL gives or takes.
struct PostgresValueTests {
    @Test(
        arguments: [
            .integer(0), .integer(.max), .integer(.min), .integer(-1), .real(0.1), .real(-.infinity), .real(1e300),
            .real(.leastNonzeroMagnitude), .text(""), .text("ö € 𝄞 \n\r\t\\ ' \" $1"), .blob([]),
            .blob([0, 255, 92, 39]),
            .blob(Array(0...255)), .text(String(repeating: "pear ", count: 2_000_000)),
            .blob([UInt8](repeating: 0xa5, count: 5_000_000)),
        ] as [Value]
    )
    func `a value comes back as it went`(value: Value) async throws {
        let database = PostgresDatabase(try PostgresAddress(TestPostgres.url), logger: .quiet)
        let found = try await database.read { try $0.row("SELECT \(value) AS value")?["value"] }
        #expect(found == value)
        await database.close()
    }

    @Test(
        arguments: [
            ("true", .integer(1)), ("false", .integer(0)), ("12::smallint", .integer(12)),
            ("-7::integer", .integer(-7)),
            ("(-9223372036854775808)::bigint", .integer(.min)),
            ("SUM(n) FROM generate_series(1, 4) AS n", .integer(10)),
            ("1.5::numeric", .real(1.5)), ("2::numeric", .integer(2)), ("0.25::real", .real(0.25)),
            ("'NaN'::double precision > 1", .integer(1)), ("'pear'::varchar(2)", .text("pe")),
            ("'x'::name", .text("x")),
            ("NULL", .null), ("NULL::bigint", .null), ("''::text", .text("")), ("''::bytea", .blob([])),
            ("array_to_string(ARRAY[1, 2], '-')", .text("1-2")), ("count(*) FROM generate_series(1, 3)", .integer(3)),
        ] as [(String, Value)]
    )
    func `what the server computes is read`(expression: String, value: Value) async throws {
        let database = PostgresDatabase(try PostgresAddress(TestPostgres.url), logger: .quiet)
        let parts = expression.components(around: " FROM ")
        let text = parts.count == 2 ? "SELECT \(parts[0]) AS value FROM \(parts[1])" : "SELECT \(expression) AS value"
        let found = try await database.read { try $0.row(Statement(stringLiteral: text))?["value"] }
        #expect(found == value)
        await database.close()
    }

    @Test func `nulls of every kind are nulls`() async throws {
        let database = PostgresDatabase(try PostgresAddress(TestPostgres.url), logger: .quiet)
        let row = try await database.read { connection in
            try connection.row(
                "SELECT \(Int?.none) AS a, \(Double?.none) AS b, \(String?.none) AS c, \([UInt8]?.none) AS d, \(Bool?.none) AS e"
            )
        }
        for column in ["a", "b", "c", "d", "e"] { #expect(row?[column] == .null) }
        await database.close()
    }
}

extension String {
    fileprivate func components(around separator: String) -> [String] {
        guard let range = firstRange(of: separator) else { return [self] }
        return [String(self[..<range.lowerBound]), String(self[range.upperBound...])]
    }
}
