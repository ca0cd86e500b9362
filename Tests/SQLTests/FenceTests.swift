import SQL
import TestSupport
import Testing

/// What may be done only while something is true.
@Suite(.timeLimit(.minutes(20)))
struct FenceTests {
    private struct Closed: Error {}

    /// Open while the row is there, which nobody else can take away before the transaction ends.
    private static func fence(_ database: any Database) -> Fence {
        Fence(database) { connection in
            guard try connection.row("SELECT id FROM sample WHERE id = 'open' \(connection.forUpdate)") != nil else {
                throw Closed()
            }
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `what it does not let through is not done`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            let fence = Self.fence(test.database)
            let fenced = fence.around(test.database)
            await #expect(throws: Closed.self) { try await fence.ask() }
            await #expect(throws: Closed.self) {
                try await fenced.transaction(.locking) { try $0.run("INSERT INTO sample (id) VALUES ('done')") }
            }
            #expect(try await fenced.read { try $0.rows("SELECT id FROM sample").count } == 0)
            try await test.database.transaction { _ = try $0.run("INSERT INTO sample (id) VALUES ('open')") }
            try await fence.ask()
            try await fenced.transaction(.locking) { _ = try $0.run("INSERT INTO sample (id) VALUES ('done')") }
            #expect(try await fenced.read { try $0.rows("SELECT id FROM sample").count } == 2)
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `it stays open until a transaction that it let through has ended`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            try await test.database.transaction { _ = try $0.run("INSERT INTO sample (id) VALUES ('open')") }
            try await test.withAnother { other in
                let fenced = Self.fence(test.database).around(test.database)
                let (entered, entry) = AsyncStream.makeStream(of: Void.self)
                async let closing: Void = {
                    for await _ in entered { break }
                    _ = try await other.transaction(.locking) { try $0.run("DELETE FROM sample WHERE id = 'open'") }
                }()
                let stillOpen = try await fenced.transaction(.locking) { connection in
                    entry.yield()
                    // However often it looks: who closes it waits for this transaction.
                    return try (0..<50).allSatisfy { _ in try connection.row("SELECT id FROM sample") != nil }
                }
                #expect(stillOpen)
                try await closing
                await #expect(throws: Closed.self) { try await fenced.transaction(.locking) { _ in } }
            }
        }
    }
}
