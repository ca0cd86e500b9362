import Logging
import SQL
import TestSupport
import Testing

/// Transactions that come in each other's way, and statements that a server ends.
@Suite(.timeLimit(.minutes(20)))
struct PostgresConflictTests {
    @Test func `the one that loses a deadlock is run again, and both are stored`() async throws {
        try await Self.withRows { test in
            let turns = Turns()
            let runs = Tally()
            @Sendable func add(first: String, second: String, isFirstRun: Once) async throws {
                try await test.database.transaction(.locking) { connection in
                    runs.note(1)
                    try connection.run("UPDATE pear SET weight = weight + 1 WHERE id = \(first)")
                    if isFirstRun.isFirst {
                        turns.reached("has \(first)")
                        turns.wait(for: "has \(second)")
                    }
                    try connection.run("UPDATE pear SET weight = weight + 1 WHERE id = \(second)")
                }
            }
            async let one: Void = add(first: "a", second: "b", isFirstRun: Once())
            async let other: Void = add(first: "b", second: "a", isFirstRun: Once())
            _ = try await (one, other)
            #expect(try await Self.weights(test) == ["a": 2, "b": 2])
            #expect(runs.all.count == 3)
        }
    }

    @Test func `one that read what another changed is run again and sees it`() async throws {
        try await Self.withRows { test in
            let turns = Turns()
            let isFirstRun = Once()
            async let slow: Void = test.database.transaction { connection in
                let weight = try connection.row("SELECT weight FROM pear WHERE id = 'a'")?.int("weight") ?? 0
                if isFirstRun.isFirst {
                    turns.reached("has read")
                    turns.wait(for: "was changed")
                }
                try connection.run("UPDATE pear SET weight = \(weight * 10) WHERE id = 'a'")
            }
            await turns.asyncWait(for: "has read")
            try await test.database.transaction { _ = try $0.run("UPDATE pear SET weight = 7 WHERE id = 'a'") }
            turns.reached("was changed")
            try await slow
            #expect(try await Self.weights(test)["a"] == 70)
        }
    }

    /// Each reads both rows and changes one: only together do they break what each of them kept.
    @Test func `two that would each be right alone are not both stored as they were`() async throws {
        try await Self.withRows { test in
            try await test.database.transaction { _ = try $0.run("UPDATE pear SET weight = 1") }
            let turns = Turns()
            @Sendable func empty(_ own: String, _ name: String, _ other: String, _ isFirstRun: Once) async throws {
                try await test.database.transaction { connection in
                    let sum = try connection.row("SELECT SUM(weight) AS sum FROM pear")?.int("sum") ?? 0
                    if isFirstRun.isFirst {
                        turns.reached(name)
                        turns.wait(for: other)
                    }
                    // One of them must stay.
                    if sum > 1 { try connection.run("UPDATE pear SET weight = 0 WHERE id = \(own)") }
                }
            }
            async let one: Void = empty("a", "one", "other", Once())
            async let other: Void = empty("b", "other", "one", Once())
            _ = try await (one, other)
            #expect(try await Self.weights(test).values.reduce(0, +) == 1)
        }
    }

    @Test func `a statement that takes too long is ended, said so, and the next one works`() async throws {
        var settings = PostgresSettings()
        settings.longestStatement = .milliseconds(200)
        let database = PostgresDatabase(try PostgresAddress(TestPostgres.url), settings: settings, logger: .quiet)
        let error = await #expect(throws: SQLError.self) {
            try await database.read { _ = try $0.rows("SELECT pg_sleep(600)::text AS slept") }
        }
        #expect(
            error
                == .busy(
                    "The database “\(database.name)” took too long for a statement (57014), which was ended. Try again. "
                        + "Statement: “SELECT pg_sleep(600)::text AS slept”."
                )
        )
        try await database.probe()
        await database.close()
    }

    @Test func `a row that another keeps locked is an error of its own kind`() async throws {
        try await Self.withRows { test in
            var settings = PostgresSettings()
            settings.patience = .seconds(2)
            let hasty = PostgresDatabase(try PostgresAddress(test.url), settings: settings, logger: .quiet)
            let turns = Turns()
            async let holding: Void = test.database.transaction(.locking) { connection in
                try connection.run("UPDATE pear SET weight = 1 WHERE id = 'a'")
                turns.reached("held")
                turns.wait(for: "refused")
            }
            await turns.asyncWait(for: "held")
            let error = await #expect(throws: SQLError.self) {
                try await hasty.transaction(.locking) { _ = try $0.run("UPDATE pear SET weight = 2 WHERE id = 'a'") }
            }
            turns.reached("refused")
            try await holding
            guard case .busy(let words) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(words.contains("Statement: “UPDATE pear SET weight = "), "\(words)")
            try await hasty.transaction(.locking) { _ = try $0.run("UPDATE pear SET weight = 3 WHERE id = 'a'") }
            #expect(try await Self.weights(test)["a"] == 3)
            await hasty.close()
        }
    }

    @Test func `more different statements than a connection keeps prepared all give their answers`() async throws {
        var settings = PostgresSettings()
        settings.connections = 1
        let database = PostgresDatabase(try PostgresAddress(TestPostgres.url), settings: settings, logger: .quiet)
        for _ in 0..<2 {
            for number in 0..<400 {
                let text = Statement(stringLiteral: "SELECT \(number) + ")
                let answer = try await database.read { try $0.row("\(text)\(1) AS sum")?.int("sum") }
                #expect(answer == number + 1)
            }
        }
        let kept = try await database.read { connection in
            try connection.row("SELECT COUNT(*) AS kept FROM pg_prepared_statements")?.int("kept")
        }
        #expect((200...300).contains(kept ?? 0))
        await database.close()
    }

    @Test func `more different statements than are kept, in one round trip`() async throws {
        let database = PostgresDatabase(try PostgresAddress(TestPostgres.url), logger: .quiet)
        let statements: [Statement] = (0..<700).map { "\(Statement(stringLiteral: "SELECT \($0) + "))\(1) AS sum" }
        let sums = try await database.read { connection in
            try (0..<2).map { _ in try connection.rows(all: statements).map { try $0[0].int("sum") } }
        }
        #expect(sums == [Array(1...700), Array(1...700)])
        await database.close()
    }

    /// A pooler in between may do this, and so does `DISCARD ALL`.
    @Test func `statements that the server forgot are prepared again`() async throws {
        var settings = PostgresSettings()
        settings.connections = 1
        let database = PostgresDatabase(try PostgresAddress(TestPostgres.url), settings: settings, logger: .quiet)
        for number in 0..<3 {
            let answer = try await database.read { try $0.row("SELECT \(number) + 1 AS sum")?.int("sum") }
            #expect(answer == number + 1)
            try await database.read { _ = try $0.run("DEALLOCATE ALL") }
        }
        await database.close()
    }

    @Test func `a table that changes its columns is read on`() async throws {
        try await Self.withRows { test in
            for column in ["colour", "shape"] {
                _ = try await test.database.read { try $0.rows("SELECT * FROM pear WHERE id = \("a")") }
                try await test.database.transaction { connection in
                    _ = try connection.run(Statement(stringLiteral: "ALTER TABLE pear ADD COLUMN \(column) TEXT"))
                }
                let row = try await test.database.read { try $0.row("SELECT * FROM pear WHERE id = \("a")") }
                #expect(row?[column] == .null)
            }
        }
    }

    private static func withRows(_ body: (TestDatabase) async throws -> Void) async throws {
        let pears = Migration("M0001 pears", ["CREATE TABLE pear (id TEXT NOT NULL, weight BIGINT NOT NULL)"])
        try await TestDatabase.with(.postgres, rooms: [("fruit", [pears])]) { test in
            try await test.database.transaction { _ = try $0.run("INSERT INTO pear VALUES ('a', 0), ('b', 0)") }
            try await body(test)
        }
    }

    private static func weights(_ test: TestDatabase) async throws -> [String: Int] {
        try await test.database.read { connection in
            let rows = try connection.rows("SELECT id, weight FROM pear")
            return try Dictionary(uniqueKeysWithValues: rows.map { (try $0.text("id"), try $0.int("weight")) })
        }
    }
}
