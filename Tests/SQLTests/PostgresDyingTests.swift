import FoundationEssentials
import Glibc
import Logging
import SQL
import TestSupport
import Testing

/// A server that dies, in part or whole, while many transactions are under way: nothing is lost and nothing doubled.
@Suite(.timeLimit(.minutes(20)))
struct PostgresDyingTests {
    @Test func `connections that the server ends`() async throws {
        try await Self.harm { server, admin, ledger in
            for _ in 0..<20 {
                await ledger.wait(forMore: 20)
                try await admin.read { connection in
                    _ = try connection.rows("SELECT pg_terminate_backend(pid) FROM \(Self.others)")
                }
            }
        }
    }

    /// The server then ends all connections, reads its log and starts again.
    @Test func `a process of the server that is killed`() async throws {
        try await Self.harm { server, admin, ledger in
            for _ in 0..<3 {
                await ledger.wait(forMore: 50)
                let process = try await admin.read { connection in
                    try connection.row("SELECT pid FROM \(Self.others) LIMIT 1")?.int("pid")
                }
                if let process { kill(pid_t(process), SIGKILL) }
            }
        }
    }

    @Test func `a server that is killed and started again`() async throws {
        try await Self.harm { server, _, ledger in
            for _ in 0..<2 {
                await ledger.wait(forMore: 50)
                try server.kill()
                try await server.start()
            }
        }
    }

    @Test func `a server that is stopped and started again`() async throws {
        try await Self.harm { server, _, ledger in
            for _ in 0..<2 {
                await ledger.wait(forMore: 50)
                try await server.stop()
                try await Task.sleep(for: .seconds(2))
                try await server.start()
            }
        }
    }

    /// Longer than anybody waits: transactions fail meanwhile, and go on by themselves afterwards.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["LONG_TESTS"] != nil, "scripts/test --long runs it."))
    func `a server that is away for a minute`() async throws {
        try await Self.harm { server, _, ledger in
            await ledger.wait(forMore: 50)
            try await server.stop()
            try await Task.sleep(for: .seconds(60))
            try await server.start()
        }
    }

    /// As behind a router that was switched off: no answer, no end of the connection.
    @Test func `a server that freezes is given up, and used again when it thaws`() async throws {
        try await PrivatePostgres.with { server in
            var settings = PostgresSettings()
            settings.patience = .milliseconds(500)
            settings.longestStatement = .milliseconds(500)
            settings.longestSilence = .milliseconds(500)
            let database = PostgresDatabase(try PostgresAddress(server.url()), settings: settings, logger: .quiet)
            try await database.probe()
            try server.freeze()
            let error = await #expect(throws: SQLError.self) { try await database.probe() }
            #expect("\(error as Any)".contains("can't be reached: it did not answer in time"))
            try server.thaw()
            let patient = PostgresDatabase(try PostgresAddress(server.url()), logger: .quiet)
            try await patient.probe()
            try await database.probe()
            await patient.close()
            await database.close()
        }
    }

    /// Everybody else who is connected to the database.
    private static let others: Statement =
        "pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

    /// Writes while `body` does harm, then counts.
    private static func harm(
        _ body: (PrivatePostgres, _ admin: any Database, PostgresLedger) async throws -> Void
    ) async throws {
        try await PrivatePostgres.with { server in
            var settings = PostgresSettings()
            settings.connections = 4
            let database = PostgresDatabase(try PostgresAddress(server.url()), settings: settings, logger: .quiet)
            let admin = PostgresDatabase(try PostgresAddress(server.url()), logger: .quiet)
            let ledger = PostgresLedger(database)
            try await ledger.open()
            try await ledger.write {
                try await body(server, admin, ledger)
                // The work goes on.
                await ledger.wait(forMore: 50)
            }
            try await ledger.check(with: admin)
            #expect(database.use.lent == 0)
            await database.close()
            await admin.close()
        }
    }
}
