import Glibc
import TestSupport
import Testing

/// The server of the jobs is killed, ended, frozen, emptied and robbed of its connections while the program works.
@Suite(.timeLimit(.minutes(20)))
struct RedisStormTests {
    private enum Strike: String, CaseIterable {
        case killed, connectionsEnded, stopped, frozen, emptied
    }

    @Test
    func `whatever becomes of the queue's server, every check is written down once and every alert is sent once`()
        async throws
    {
        let database = try TestPostgres.url(schema: await TestPostgres.makeSchema())
        try await PrivateRedis.with { server in
            let storm = try await Storm(
                StormTests.isLong ? .wholeOfServer : .shortOfServer,
                seed: StormTests.seed
            ) {
                try Installation(
                    $0,
                    databaseURL: database,
                    redisURL: server.url(),
                    redisCommand: { try server.command($0) }
                )
            }
            try await storm.fill()
            var strikes: [Strike] = []
            let start = ContinuousClock.now
            try await storm.batter { number in
                let strike = Strike.allCases[number % Strike.allCases.count]
                strikes.append(strike)
                try await hit(server, strike)
            }
            let took = ContinuousClock.now - start
            let checks = try await storm.expectWholeHistory()
            let told = try await storm.expectEachAlertTold()
            let ids = storm.door.mails.compactMap(\.messageID)
            // The process that sent a mail lives on and knows that it did.
            #expect(ids.count == told)
            print(
                """
                Queue server storm: \(checks) checks of \(storm.size.listings) listings in \(storm.shop.visits) visits, \
                server \(strikes.map(\.rawValue).joined(separator: ", ")), \(told) of \(storm.alerts) alerts in \(ids.count) mails, \
                \(took.components.seconds) s.
                """
            )
        }
    }

    private func hit(_ server: PrivateRedis, _ strike: Strike) async throws {
        switch strike {
        case .killed:
            server.kill()
            try await server.start()
        case .stopped:
            server.stop()
            try await Task.sleep(for: .seconds(1))
            try await server.start()
        case .frozen:
            try server.freeze()
            try await Task.sleep(for: .seconds(2))
            try server.thaw()
        case .connectionsEnded: try server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        case .emptied: try server.command("FLUSHALL")
        }
    }
}
