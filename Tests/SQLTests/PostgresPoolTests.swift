import Logging
import SQL
import TestSupport
import Testing

/// What many callers of few connections can rely on.
@Suite(.timeLimit(.minutes(20)))
struct PostgresPoolTests {
    @Test func `who finds every connection in use for too long is told so, and none is lost`() async throws {
        let database = try Self.database(connections: 1, patience: .milliseconds(300))
        let turns = Turns()
        async let holding: Void = database.read { connection in
            _ = try connection.row("SELECT 1 AS one")
            turns.reached("held")
            turns.wait(for: "refused")
        }
        await turns.asyncWait(for: "held")
        let error = await #expect(throws: SQLError.self) { try await database.probe() }
        #expect(database.use == PoolUse(limit: 1, lent: 1, waiting: 0))
        turns.reached("refused")
        try await holding
        guard case .crowded(let why) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(why.contains("All 1 connections to the database “\(database.name)” were in use for"))
        #expect(why.contains("set database.connections higher"))
        try await database.probe()
        #expect(database.use == PoolUse(limit: 1, lent: 0, waiting: 0))
        await database.close()
    }

    @Test func `who waits is served in the order of asking`() async throws {
        let database = try Self.database(connections: 1)
        let turns = Turns()
        let served = Tally()
        try await withThrowingTaskGroup { group in
            group.addTask {
                try await database.read { connection in
                    _ = try connection.row("SELECT 1 AS one")
                    turns.reached("held")
                    turns.wait(for: "all wait")
                }
            }
            await turns.asyncWait(for: "held")
            for number in 0..<10 {
                group.addTask {
                    try await database.read { connection in
                        _ = try connection.row("SELECT 1 AS one")
                        served.note(number)
                    }
                }
                while database.use.waiting <= number { await Task.yield() }
            }
            turns.reached("all wait")
            try await group.waitForAll()
        }
        #expect(served.all == Array(0..<10))
        #expect(database.use.lent == 0)
        await database.close()
    }

    @Test func `work that ends in an error of any kind gives its connection back`() async throws {
        let database = try Self.database(connections: 2, patience: .seconds(5))
        struct Stop: Error {}
        for number in 0..<40 {
            await #expect(throws: (any Error).self) {
                try await database.transaction { connection in
                    switch number % 4 {
                    case 0: throw Stop()
                    case 1: _ = try connection.rows("SELECT * FROM nowhere")
                    case 2: _ = try connection.rows("SELECT pg_terminate_backend(pg_backend_pid()), 1 / 0")
                    default: _ = try connection.rows("SELECT 1 / \(0)")
                    }
                }
            }
        }
        try await database.probe()
        #expect(database.use.lent == 0 && database.use.waiting == 0)
        await database.close()
    }

    @Test func `a cancelled caller leaves the pool as it was`() async throws {
        let database = try Self.database(connections: 1)
        let turns = Turns()
        async let holding: Void = database.read { connection in
            _ = try connection.row("SELECT 1 AS one")
            turns.reached("held")
            turns.wait(for: "cancelled")
        }
        await turns.asyncWait(for: "held")
        let waiting = Task { try await database.probe() }
        while database.use.waiting == 0 { await Task.yield() }
        waiting.cancel()
        turns.reached("cancelled")
        try await holding
        _ = await waiting.result
        try await database.probe()
        #expect(database.use.lent == 0 && database.use.waiting == 0)
        await database.close()
    }

    @Test func `a server that takes no more connections is waited for, and named as the reason`() async throws {
        try await PrivatePostgres.with("max_connections=5", "superuser_reserved_connections=0") { server in
            let taken = try await withThrowingTaskGroup(of: PostgresOwnConnection.self) { group in
                for _ in 0..<5 { group.addTask { try await PostgresOwnConnection(PostgresAddress(server.url())) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            var settings = PostgresSettings()
            settings.patience = .milliseconds(300)
            let database = PostgresDatabase(try PostgresAddress(server.url()), settings: settings, logger: .quiet)
            let error = await #expect(throws: SQLError.self) { try await database.probe() }
            #expect(
                error
                    == .crowded(
                        "The server of the database “\(database.name)” takes no more connections (53300): connection to server "
                            + "at \"127.0.0.1\", port \(server.port) failed: FATAL:  sorry, too many clients already. Set its "
                            + "max_connections higher, or the limit of the user or the database where there is one, or "
                            + "database.connections lower: each process has up to that many and two more."
                    )
            )
            let patient = PostgresDatabase(try PostgresAddress(server.url()), logger: .quiet)
            async let probe: Void = patient.probe()
            await taken[0].close()
            try await probe
            for connection in taken { await connection.close() }
            await patient.close()
            await database.close()
        }
    }

    private static func database(connections: Int, patience: Duration = .seconds(60)) throws -> PostgresDatabase {
        var settings = PostgresSettings()
        settings.connections = connections
        settings.patience = patience
        return PostgresDatabase(try PostgresAddress(TestPostgres.url), settings: settings, logger: .quiet)
    }
}
