import SQL
import Synchronization
import TestSupport
import Testing

/// What every engine promises.
@Suite(.timeLimit(.minutes(20)))
struct DatabaseTests {
    @Test(arguments: TestDatabase.engines, Sample.all)
    func `gives back what was stored`(engine: Engine, sample: Sample) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            let stored = try await test.database.transaction { connection in
                try connection.run(
                    "INSERT INTO sample (id, whole, part, words, bytes) VALUES ('a', \(sample.whole), \(sample.part), \(sample.words), \(sample.bytes))"
                )
                return try connection.row("SELECT whole, part, words, bytes FROM sample WHERE id = 'a'")
            }
            let row = try #require(stored)
            #expect(try row.optionalInt("whole") == sample.whole)
            #expect(row["part"] == sample.part.map(Value.real) ?? .null)
            #expect(try row.optionalText("words") == sample.words)
            #expect(row["bytes"] == sample.bytes.map(Value.blob) ?? .null)
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `keeps text behind a NUL, which becomes the replacement character`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            let found = try await test.database.transaction { connection in
                try connection.run("INSERT INTO sample (id, words) VALUES (\("a\0b"), \("\0c\0"))")
                return try connection.row("SELECT id, words FROM sample WHERE id = \("a\0b")")
            }
            #expect(try found?.text("id") == "a\u{FFFD}b")
            #expect(try found?.text("words") == "\u{FFFD}c\u{FFFD}")
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `values never become part of the text`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            let evil = "x'); DELETE FROM sample; --"
            let count = try await test.database.transaction { connection in
                try connection.run("INSERT INTO sample (id, words) VALUES ('a', \(evil))")
                return try connection.row("SELECT COUNT(*) AS n FROM sample WHERE words = \(evil)")?.int("n")
            }
            #expect(count == 1)
        }
    }

    @Test(arguments: TestDatabase.engines, [0, 1, 3, 200])
    func `a list binds each of its values`(engine: Engine, length: Int) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            let ids = (0..<length).map { "id-\($0)" }
            let found = try await test.database.transaction { connection in
                for id in ids + ["other"] { try connection.run("INSERT INTO sample (id) VALUES (\(id))") }
                return try connection.rows("SELECT id FROM sample WHERE id IN \(list: ids)").map { try $0.text("id") }
            }
            #expect(found.sorted() == ids.sorted())
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `a part of a statement brings its values along`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            let found = try await test.database.transaction { connection in
                for (id, whole) in [("a", 1), ("b", 2), ("c", 3)] {
                    try connection.run("INSERT INTO sample (id, whole) VALUES (\(id), \(whole))")
                }
                let middle: Statement = "whole > \(1) AND whole < \(3)"
                return try connection.rows("SELECT id FROM sample WHERE id <> \("c") AND \(middle) AND 1 = \(1)")
                    .map { try $0.text("id") }
            }
            #expect(found == ["b"])
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `says how many rows changed`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            let counts = try await test.database.transaction { connection in
                [
                    try connection.run("INSERT INTO sample (id) VALUES ('a'), ('b'), ('c')"),
                    try connection.run("UPDATE sample SET whole = 1 WHERE id <> 'c'"),
                    try connection.run("INSERT INTO sample (id) VALUES ('a'), ('d') ON CONFLICT (id) DO NOTHING"),
                    try connection.run("CREATE TABLE other (id TEXT)"),
                    try connection.run("SELECT id FROM sample"),
                    try connection.run("DELETE FROM sample WHERE id = 'nobody'"),
                    try connection.run("DELETE FROM sample"),
                ]
            }
            #expect(counts == [3, 2, 1, 0, 0, 0, 4])
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `a statement can give back what it changed`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            let changed = try await test.database.transaction { connection in
                try connection.run("INSERT INTO sample (id, whole) VALUES ('a', 1), ('b', 2), ('c', 3)")
                return try connection.rows("UPDATE sample SET whole = whole * 10 WHERE whole > 1 RETURNING id, whole")
                    .map { "\(try $0.text("id"))=\(try $0.int("whole"))" }
            }
            #expect(Set(changed) == ["b=20", "c=30"])
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `a statement without an answer has no rows`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            let rows = try await test.database.transaction { try $0.rows("INSERT INTO sample (id) VALUES ('a')") }
            #expect(rows.isEmpty)
            #expect(try await ids(in: test.database) == ["a"])
        }
    }

    @Test(
        arguments: TestDatabase.engines,
        [
            "INSERT INTO sample (id) VALUES ('a')",
            "INSERT INTO child (id, sample_id) VALUES ('x', 'nobody')",
            "INSERT INTO child (id) VALUES ('x')",
            "INSERT INTO sample (id, whole) VALUES ('b', -1)",
        ] as [Statement]
    )
    func `a broken rule is an error of its own kind`(engine: Engine, statement: Statement) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            try await test.database.transaction { _ = try $0.run("INSERT INTO sample (id) VALUES ('a')") }
            let error = await #expect(throws: SQLError.self) {
                try await test.database.transaction { try $0.run(statement) }
            }
            guard case .constraint = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try await ids(in: test.database) == ["a"])
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `an error names the statement but not its values`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            let secret = "hunter2"
            for statement: Statement in [
                "INSERT INTO nowhere (id) VALUES (\(secret))",
                "INSERT INTO sample (id, whole) VALUES (\(secret), -1)",
            ] {
                let error = await #expect(throws: SQLError.self) {
                    try await test.database.transaction { try $0.run(statement) }
                }
                let text = String(describing: error)
                #expect(text.contains("INSERT INTO"))
                #expect(!text.contains(secret))
                #expect(!String(reflecting: error).contains(secret))
            }
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `a read can't write`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            await #expect(throws: SQLError.self) {
                try await test.database.read { try $0.run("INSERT INTO sample (id) VALUES ('a')") }
            }
            let left = try await ids(in: test.database)
            #expect(left.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `an error inside takes everything of its transaction back and passes on`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            await #expect(throws: Stop(number: 7)) {
                try await test.database.transaction { connection in
                    try connection.run("INSERT INTO sample (id) VALUES ('a')")
                    throw Stop(number: 7)
                }
            }
            #expect(try await ids(in: test.database).isEmpty)
            try await test.database.transaction { _ = try $0.run("INSERT INTO sample (id) VALUES ('b')") }
            #expect(try await ids(in: test.database) == ["b"])
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `a read sees its own state to its end`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            let turns = Turns()
            async let seen = test.database.read { connection in
                let before = try connection.row("SELECT COUNT(*) AS n FROM sample")?.int("n")
                turns.reached("read once")
                turns.wait(for: "written")
                return (before, try connection.row("SELECT COUNT(*) AS n FROM sample")?.int("n"))
            }
            try await test.database.transaction { connection in
                turns.wait(for: "read once")
                try connection.run("INSERT INTO sample (id) VALUES ('a')")
            }
            turns.reached("written")
            let (before, after) = try await seen
            #expect(before == 0)
            #expect(after == 0)
            #expect(try await ids(in: test.database) == ["a"])
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `closing waits for running work and refuses later work`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            let turns = Turns()
            async let running: Void = test.database.transaction { connection in
                turns.reached("started")
                turns.wait(for: "closing")
                try connection.run("INSERT INTO sample (id) VALUES ('a')")
            }
            await turns.asyncWait(for: "started")
            async let closing: Void = test.database.close()
            turns.reached("closing")
            try await running
            await closing
            await #expect(throws: SQLError.closed) { try await test.database.read { try $0.rows("SELECT 1") } }
            await #expect(throws: SQLError.closed) {
                try await test.database.transaction { try $0.rows("SELECT 1") }
            }
            await test.database.close()
            let left = try await test.withAnother { try await ids(in: $0) }
            #expect(left == ["a"])
        }
    }

    private func ids(in database: any Database) async throws -> [String] {
        try await database.read { try $0.rows("SELECT id FROM sample ORDER BY id").map { try $0.text("id") } }
    }
}

struct Stop: Error, Equatable {
    let number: Int
}

struct Sample: Sendable {
    var whole: Int?
    var part: Double?
    var words: String?
    var bytes: [UInt8]?

    static let all = [
        Sample(),
        Sample(whole: 0, part: 0, words: "", bytes: []),
        Sample(whole: .max, part: .greatestFiniteMagnitude, words: "Größe „M“ 🛒 e\u{301}", bytes: [0]),
        Sample(whole: 1 << 53 + 1, part: -0.1, words: "it's \"quoted\"; ?1 $1 :a", bytes: [0, 1, 0, 255, 0]),
    ]
}

let tables = (
    room: "test",
    migrations: [
        Migration(
            "M0001 tables",
            [
                """
                CREATE TABLE sample (
                    id TEXT NOT NULL PRIMARY KEY,
                    whole BIGINT CHECK (whole >= 0),
                    part DOUBLE PRECISION,
                    words TEXT,
                    bytes BLOB
                )
                """,
                """
                CREATE TABLE child (
                    id TEXT NOT NULL PRIMARY KEY,
                    sample_id TEXT NOT NULL REFERENCES sample (id) ON DELETE CASCADE
                )
                """,
                """
                CREATE TABLE late_child (
                    id TEXT NOT NULL PRIMARY KEY,
                    sample_id TEXT NOT NULL REFERENCES sample (id) DEFERRABLE INITIALLY DEFERRED
                )
                """,
            ]
        )
    ]
)
