import Logging
import SQL
import TestSupport
import Testing

/// A server that is away, and those who can't wait for it.
///
/// Whoever waits here would wait for an hour: what ends within the time limit was ended.
@Suite(.timeLimit(.minutes(20)))
struct PostgresAwayTests {
    @Test func `who is impatient is told soon, and who is patient is served when the server is back`() async throws {
        try await PrivatePostgres.with { server in
            let database = try Self.patient(server)
            let impatient = database.impatient(.milliseconds(200))
            try await impatient.probe()
            try await server.stop()
            async let patient: Void = database.probe()
            for _ in 0..<3 { try await Self.expectUnreachable { try await impatient.probe() } }
            try await server.start()
            try await patient
            try await database.probe()
            try await impatient.transaction { _ = try $0.row("SELECT 1 AS one") }
            #expect(database.use == PoolUse(limit: 8, lent: 0, waiting: 0))
            await database.close()
        }
    }

    @Test func `a process that is about to end waits no longer for a server that was stopped`() async throws {
        try await PrivatePostgres.with { server in
            let database = try Self.patient(server)
            try await server.stop()
            async let waiting: Void = database.probe()
            database.hurry()
            do {
                try await waiting
                Issue.record("There was no server.")
            } catch SQLError.unreachable {}
            try await Self.expectUnreachable { try await database.probe() }
            await database.close()
        }
    }

    @Test func `a process that is about to end waits no longer for the answer of a server that froze`() async throws {
        try await PrivatePostgres.with { server in
            let database = try Self.patient(server)
            let turns = Turns()
            let waiting = Task {
                try await database.read { connection in
                    _ = try connection.row("SELECT 1 AS one")
                    turns.reached("connected")
                    turns.wait(for: "frozen")
                    _ = try connection.row("SELECT 2 AS two")
                }
            }
            await turns.asyncWait(for: "connected")
            try server.freeze()
            turns.reached("frozen")
            database.hurry()
            try await Self.expectUnreachable { try await waiting.value }
            await database.close()
        }
    }

    @Test func `a process that is about to end still does what a server that is there can do`() async throws {
        try await PrivatePostgres.with { server in
            let database = try Self.patient(server)
            database.hurry()
            try await database.transaction { _ = try $0.run("CREATE TABLE pear (id TEXT)") }
            try await database.read { _ = try $0.rows("SELECT id FROM pear") }
            await database.close()
        }
    }

    private static func patient(_ server: PrivatePostgres) throws -> PostgresDatabase {
        var settings = PostgresSettings()
        settings.patience = .seconds(3600)
        settings.longestStatement = .seconds(3600)
        return PostgresDatabase(try PostgresAddress(server.url()), settings: settings, logger: .quiet)
    }

    private static func expectUnreachable(_ work: () async throws -> Void) async throws {
        do {
            try await work()
            Issue.record("There was a server.")
        } catch SQLError.unreachable {}
    }
}
