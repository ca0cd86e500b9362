import SQL
import TestSupport
import Testing

/// A new version changes the schema while processes of the one before go on.
@Suite(.timeLimit(.minutes(20)))
struct SchemaChangeTests {
    @Test(arguments: TestDatabase.engines)
    func `a statement that was prepared before a column came shows it, with what it changes`(engine: Engine)
        async throws
    {
        try await TestDatabase.with(engine) { test in
            try await test.database.transaction { connection in
                try connection.run("CREATE TABLE pear (id TEXT NOT NULL PRIMARY KEY, colour TEXT)")
                try connection.run("INSERT INTO pear (id, colour) VALUES ('conference', 'green')")
            }
            try await test.withAnother { other in
                for size in [Value?.none, .integer(7), .integer(7)] {
                    if size == .integer(7) { try await addSizes(to: other) }
                    let read = try await test.database.read { try $0.row("SELECT * FROM pear") }
                    let written = try await test.database.transaction { connection in
                        try connection.row("UPDATE pear SET colour = colour || '!' RETURNING *")
                    }
                    #expect(read?["id"] == .text("conference"))
                    #expect(read?["size"] == size)
                    #expect(written?["size"] == size)
                }
            }
            // Each UPDATE ran once.
            let colour = try await test.database.read { try $0.row("SELECT colour FROM pear") }
            #expect(colour?["colour"] == .text("green!!!"))
        }
    }

    private func addSizes(to database: any Database) async throws {
        try await database.transaction { connection in
            let known = try connection.row("SELECT * FROM pear")
            guard known?["size"] == nil else { return }
            try connection.run("ALTER TABLE pear ADD COLUMN size BIGINT DEFAULT 7")
        }
    }
}
