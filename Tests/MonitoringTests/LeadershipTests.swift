import Model
import Monitoring
import SQL
import Store
import TestSupport
import Testing

/// Of any number of processes one acts.
@Suite(.timeLimit(.minutes(20)))
struct LeadershipTests {
    private static let rooms = [(room: StoreSchema.room, migrations: StoreSchema.migrations)]

    /// Longer than a busy machine keeps a test waiting.
    private static let lease: Duration = .hours(1)

    private static func leadership(
        _ holder: String,
        _ database: any Database,
        isGone: @escaping @Sendable (String) -> Bool = { _ in false }
    ) -> Leadership {
        Leadership(part: "scheduler", holder: holder, database: database, lease: lease, isGone: isGone)
    }

    @Test(arguments: Engine.allCases)
    func `one leads, and another only when it resigns`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: Self.rooms) { test in
            let (first, second) = (Self.leadership("a", test.database), Self.leadership("b", test.database))
            #expect(try await first.renew() == .won)
            #expect(try await second.renew() == .none)
            #expect(second.term == nil)
            let term = try #require(first.term)
            #expect(try await first.renew() == .none)
            #expect(first.term == term)
            try await first.resign()
            #expect(first.term == nil)
            #expect(try await second.renew() == .won)
            #expect(second.term?.number == term.number + 1)
            #expect(try await first.renew() == .none)
        }
    }

    @Test(arguments: Engine.allCases)
    func `one whose lease ran out is replaced, and what it still writes is refused`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: Self.rooms) { test in
            let (frozen, next) = (Self.leadership("a", test.database), Self.leadership("b", test.database))
            _ = try await frozen.renew()
            let old = try #require(frozen.term)
            try await Self.runOut(test.database)
            #expect(try await next.renew() == .won)
            await #expect(throws: LostLeadership.self) {
                try await test.database.transaction(.locking) { try $0.require(old) }
            }
            let new = try #require(next.term)
            try await test.database.transaction(.locking) { try $0.require(new) }
            #expect(try await frozen.renew() == .lost)
            // What it gives up now is not the other one's.
            try await frozen.resign()
            #expect(try await next.renew() == .none)
        }
    }

    @Test(arguments: Engine.allCases)
    func `nobody waits for one that is known to have ended`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: Self.rooms) { test in
            _ = try await Self.leadership("dead", test.database).renew()
            let next = Self.leadership("b", test.database) { $0 == "dead" }
            #expect(try await next.renew() == .won)
        }
    }

    @Test(arguments: Engine.allCases)
    func `a clock that was set back does not keep a dead leader in office`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: Self.rooms) { test in
            _ = try await Self.leadership("dead", test.database).renew()
            try await test.database.transaction(.locking) { connection in
                _ = try connection.run("UPDATE leadership SET until_at = until_at + 86400000")
            }
            let next = Self.leadership("b", test.database)
            #expect(try await next.renew() == .none)
            let (now, until) = try await test.database.read { connection in
                (
                    try connection.clockMilliseconds(),
                    try connection.row("SELECT until_at FROM leadership")?.int("until_at") ?? 0
                )
            }
            #expect(until <= now + Self.lease.wholeMilliseconds)
        }
    }

    @Test(arguments: Engine.allCases)
    func `of many that begin at once one leads`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: Self.rooms) { test in
            let all = (0..<8).map { Self.leadership("process-\($0)", test.database) }
            for _ in 1...5 {
                try await Self.runOut(test.database)
                try await withThrowingTaskGroup { group in
                    for one in all { group.addTask { _ = try await one.renew() } }
                    try await group.waitForAll()
                }
                // What a former one believes is put right when it asks, which it just did or does now.
                for one in all { _ = try await one.renew() }
                #expect(all.count { $0.term != nil } == 1)
            }
        }
    }

    private static func runOut(_ database: any Database) async throws {
        try await database.transaction(.locking) { _ = try $0.run("UPDATE leadership SET until_at = 0") }
    }
}
