import SQL
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
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
    func `after a rollback the version before goes on, and the newer one finds nothing to do`(engine: Engine)
        async throws
    {
        try await TestDatabase.with(engine) { test in
            let older = Migrator([("fruit", [Self.first])], program: "0.1.0")
            let newer = Migrator([("fruit", [Self.first, Self.second, Self.third])], program: "0.2.0")
            _ = try await newer.migrate(test.database)
            #expect(try await older.pending(test.database) == [])
            #expect(try await older.migrate(test.database) == [])
            #expect(try await newer.migrate(test.database) == [])
        }
    }

    /// The release after one that no longer needs a column removes it.
    @Test(arguments: TestDatabase.engines)
    func `a version older than the oldest usable one is refused with words that help`(engine: Engine) async throws {
        try await TestDatabase.with(engine) { test in
            let contraction = Migration("M0004 no sizes", oldestUsable: "0.2", ["ALTER TABLE pear DROP COLUMN size"])
            let all = [Self.first, Self.second, Self.third, contraction]
            func migrator(_ program: String, knows count: Int) -> Migrator {
                Migrator([("fruit", Array(all.prefix(count)))], program: program)
            }
            _ = try await migrator("0.1.0", knows: 3).migrate(test.database)
            _ = try await migrator("0.3.0", knows: 4).migrate(test.database)
            #expect(try await migrator("0.2.1", knows: 3).migrate(test.database) == [])
            #expect(try await migrator("0.10", knows: 3).migrate(test.database) == [])

            let older = migrator("0.1.9", knows: 3)
            let attempts = [{ try await older.migrate($0) }, older.pending]
            for attempt in attempts {
                let error = await #expect(throws: SQLError.self) { try await attempt(test.database) }
                let expected = """
                    The database “\(test.database.name)” was brought to schema 4 by version 0.3.0 and can be used by \
                    version 0.2.0 or later; this is version 0.1.9. Start a newer version, or restore a backup made before \
                    the change.
                    """
                #expect(error == .schema(expected))
            }
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `a database of a version that wrote down no versions is used, and gets the columns`(engine: Engine)
        async throws
    {
        try await TestDatabase.with(engine) { test in
            try await test.database.transaction { connection in
                // As 0.1.0 made it.
                try connection.run(
                    """
                    CREATE TABLE schema_migration (
                        room TEXT NOT NULL, name TEXT NOT NULL, applied_at BIGINT NOT NULL, PRIMARY KEY (room, name)
                    )
                    """
                )
                try connection.run("INSERT INTO schema_migration VALUES ('fruit', 'M0001 pears', 1795435200000)")
                try connection.run("CREATE TABLE pear (id TEXT NOT NULL PRIMARY KEY)")
            }
            let before = try await test.database.read { try SchemaState($0) }
            #expect(before.number == 1 && before.program == nil && before.oldestUsable == nil)

            let same = Migrator([("fruit", [Self.first])], program: "0.2.0")
            #expect(try await same.migrate(test.database) == [])
            let newer = Migrator([("fruit", [Self.first, Self.second])], program: "0.2.0")
            #expect(try await newer.migrate(test.database) == ["fruit: M0002 colours"])
            let after = try await test.database.read { try SchemaState($0) }
            #expect(after.number == 2 && after.program == ProgramVersion("0.2") && after.oldestUsable == nil)
            // 0.1.0 went on writing what it knows.
            try await test.database.transaction { connection in
                _ = try connection.run("INSERT INTO schema_migration (room, name, applied_at) VALUES ('a', 'b', 1)")
            }
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `what is done before sees the schema as it was, and stops everything when it fails`(engine: Engine)
        async throws
    {
        struct NoRoom: Error {}
        try await TestDatabase.with(engine) { test in
            _ = try await Migrator([("fruit", [Self.first])]).migrate(test.database)
            let migrator = Migrator([("fruit", [Self.first, Self.second, Self.third])])
            await #expect(throws: NoRoom.self) {
                try await migrator.migrate(test.database) { _, _ in throw NoRoom() }
            }
            #expect(try await migrator.pending(test.database).count == 2)

            let seen = Recorder<String>()
            _ = try await migrator.migrate(test.database) { state, names in
                seen.record("\(state.number) \(names.joined(separator: ", "))")
            }
            _ = try await migrator.migrate(test.database) { _, _ in seen.record("again") }
            #expect(seen.values == ["1 fruit: M0002 colours, fruit: M0003 sizes"])
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `a second program waits until the first is done, and then has nothing to do`(engine: Engine) async throws {
        try await TestDatabase.with(engine) { test in
            try await test.withAnother { other in
                let migrator = Migrator([("fruit", [Self.first, Self.second])])
                let turns = Turns()
                async let first = migrator.migrate(test.database) { _, _ in
                    turns.reached("holding the lock")
                    await turns.asyncWait(for: "second was refused")
                }
                await turns.asyncWait(for: "holding the lock")
                let error = await #expect(throws: SQLError.self) {
                    try await migrator.migrate(other, patience: .zero) { _, _ in Issue.record("Both had the lock.") }
                }
                guard case .busy = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                async let second = migrator.migrate(other) { _, _ in Issue.record("Both had the lock.") }
                turns.reached("second was refused")
                let (early, late) = try await (first, second)
                #expect(early.count == 2 && late.isEmpty)
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
