import Glibc
import SQL
import TestSupport
import Testing

/// The server of the database is killed, ended, frozen and robbed of its connections while the program works.
@Suite(.timeLimit(.minutes(20)))
struct ServerStormTests {
    private enum Strike: String, CaseIterable {
        case killed, connectionsEnded, stopped, frozen, connectionKilled
    }

    @Test
    func `whatever becomes of the server, every check is written down once and every alert is sent once`() async throws
    {
        try await PrivatePostgres.with { server in
            let storm = try await Storm(
                StormTests.isLong ? .wholeOfServer : .shortOfServer,
                seed: StormTests.seed
            ) { try Installation($0, databaseURL: server.url()) }
            try await storm.fill()
            var strikes: [Strike] = []
            let start = ContinuousClock.now
            try await storm.batter { number in
                let strike = Strike.allCases[number % Strike.allCases.count]
                strikes.append(strike)
                try await hit(server, strike, longest: StormTests.isLong && number == 2)
            }
            let took = ContinuousClock.now - start
            let checks = try await storm.expectWholeHistory()
            let told = try await storm.expectEachAlertTold()
            let ids = storm.door.mails.compactMap(\.messageID)
            // The process that sent a mail lives on and knows that it did.
            #expect(ids.count == told)
            print(
                """
                Server storm: \(checks) checks of \(storm.size.listings) listings in \(storm.shop.visits) visits, \
                server \(strikes.map(\.rawValue).joined(separator: ", ")), \(told) of \(storm.alerts) alerts in \(ids.count) mails, \
                \(took.components.seconds) s.
                """
            )
        }
    }

    private func hit(_ server: PrivatePostgres, _ strike: Strike, longest: Bool) async throws {
        switch strike {
        case .killed:
            try server.kill()
            try await server.start()
        case .stopped:
            try await server.stop()
            // Longer than work waits for a server by itself.
            try await Task.sleep(for: longest ? .seconds(60) : .seconds(1))
            try await server.start()
        case .frozen:
            try server.freeze()
            try await Task.sleep(for: .seconds(2))
            try server.thaw()
        case .connectionsEnded:
            try await server.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'price-monitor'"
            )
        case .connectionKilled: try await server.killConnection()
        }
    }
}

extension PrivatePostgres {
    @discardableResult
    fileprivate func run(_ statement: Statement) async throws -> [Row] {
        let database = try TestPostgres.open("\(url())&application_name=test", connections: 1)
        let rows = try await database.transaction(.locking) { try $0.rows(statement) }
        await database.close()
        return rows
    }

    /// The server takes that for a sign of damaged memory: it ends all connections and starts again.
    fileprivate func killConnection() async throws {
        let connections = try await run(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'price-monitor' ORDER BY pid LIMIT 1"
        )
        if let process = try connections.first?.int("pid") { Glibc.kill(pid_t(process), SIGKILL) }
    }
}
