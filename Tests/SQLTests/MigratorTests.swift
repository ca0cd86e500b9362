import SQL
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct MigratorTests {
    private static let first = Migration("M0001 pears", ["CREATE TABLE pear (id TEXT NOT NULL PRIMARY KEY)"])
    private static let second = Migration(
        "M0002 colours",
        ["ALTER TABLE pear ADD COLUMN colour TEXT", "INSERT INTO pear (id, colour) VALUES ('conference', 'green')"]
    )
    private static let third = Migration("M0003 sizes", ["ALTER TABLE pear ADD COLUMN size BIGINT"])

    @Test(arguments: TestDatabase.engines)
    func `runs what is missing, once, and says what`(engine: Engine) async throws {
        try await TestDatabase.with(engine) { test in
            let early = Migrator([("fruit", [Self.first])])
            #expect(try await early.pending(test.database) == ["fruit: M0001 pears"])
            #expect(try await early.migrate(test.database) == ["fruit: M0001 pears"])
            #expect(try await early.migrate(test.database) == [])

            let late = Migrator([
                ("fruit", [Self.first, Self.second, Self.third]), ("herbs", [Self.first(of: "dill")]),
            ])
            let missing = ["fruit: M0002 colours", "fruit: M0003 sizes", "herbs: M0001 dill"]
            #expect(try await late.pending(test.database) == missing)
            #expect(try await late.migrate(test.database) == missing)
            #expect(try await late.pending(test.database) == [])
            let colours = try await test.database.read { try $0.rows("SELECT colour FROM pear") }
            #expect(try colours.map { try $0.text("colour") } == ["green"])
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `asking what is missing changes nothing`(engine: Engine) async throws {
        try await TestDatabase.with(engine) { test in
            let empty = Migrator([])
            #expect(try await empty.pending(test.database) == [])
            _ = try await Migrator([("fruit", [Self.first])]).pending(test.database)
            await #expect(throws: SQLError.self) { try await test.database.read { try $0.rows("SELECT 1 FROM pear") } }
            #expect(try await Migrator([("fruit", [Self.first])]).migrate(test.database).count == 1)
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `two programs that start at once run each migration once`(engine: Engine) async throws {
        try await TestDatabase.with(engine) { test in
            try await test.withAnother { other in
                let migrator = Migrator([("fruit", [Self.first, Self.second, Self.third])])
                async let one = migrator.migrate(test.database)
                async let two = migrator.migrate(other)
                let run = try await one + two
                #expect(run.sorted() == ["fruit: M0001 pears", "fruit: M0002 colours", "fruit: M0003 sizes"])
                let rows = try await other.read { try $0.rows("SELECT id FROM pear") }
                #expect(rows.count == 1)
            }
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `a migration that fails is undone and named, and those before it stay`(engine: Engine) async throws {
        try await TestDatabase.with(engine) { test in
            let broken = Migration(
                "M0002 broken",
                ["ALTER TABLE pear ADD COLUMN half TEXT", "INSERT INTO nowhere (id) VALUES ('a')"]
            )
            let error = await #expect(throws: SQLError.self) {
                try await Migrator([("fruit", [Self.first, broken])]).migrate(test.database)
            }
            guard case .schema(let why) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(why.contains("M0002 broken"))
            #expect(why.contains("nowhere"))
            await #expect(throws: SQLError.self) {
                try await test.database.read { try $0.rows("SELECT half FROM pear") }
            }
            let run = try await Migrator([("fruit", [Self.first, Self.second])]).migrate(test.database)
            #expect(run == ["fruit: M0002 colours"])
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `a database from a newer version is refused with words that help`(engine: Engine) async throws {
        try await TestDatabase.with(engine) { test in
            _ = try await Migrator([("fruit", [Self.first, Self.second])]).migrate(test.database)
            let older = Migrator([("fruit", [Self.first])])
            for attempt in [older.migrate, older.pending] {
                let error = await #expect(throws: SQLError.self) { try await attempt(test.database) }
                guard case .schema(let why) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(why.contains("newer version"))
                #expect(why.contains("M0002 colours"))
                #expect(why.contains("restore a backup"))
            }
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `a database that lacks an earlier migration is refused`(engine: Engine) async throws {
        try await TestDatabase.with(engine) { test in
            _ = try await Migrator([("fruit", [Self.first, Self.third])]).migrate(test.database)
            let error = await #expect(throws: SQLError.self) {
                try await Migrator([("fruit", [Self.first, Self.second, Self.third])]).migrate(test.database)
            }
            #expect(String(describing: error).contains("M0002 colours"))
        }
    }

    private static func first(of plant: String) -> Migration {
        Migration("M0001 \(plant)", ["CREATE TABLE \(plant) (id TEXT)"])
    }
}
