import Logging
import SQL
import TestSupport
import Testing

/// A connection that is cut at each of its messages: every change is there once, or was said to be lost or uncertain.
@Suite(.timeLimit(.minutes(20)))
struct PostgresCutTests {
    @Test(arguments: TestProxy.Side.allCases, [TestProxy.Fault.cutBefore, .cutAfter])
    func `a connection that is cut at any message`(side: TestProxy.Side, fault: TestProxy.Fault) async throws {
        try await PrivatePostgres.with { server in
            let direct = PostgresDatabase(try PostgresAddress(server.url()), logger: .quiet)
            try await direct.transaction { _ = try $0.run("CREATE TABLE entry (id TEXT NOT NULL)") }
            var (number, hasFailed) = (0, true)
            while hasFailed {
                number += 1
                let proxy = try TestProxy(to: server.port, fault, at: number, from: side)
                try await Self.run("\(side) \(number)", through: proxy, to: server, direct)
                hasFailed = proxy.hasFailed
            }
            // There were no more messages; those of connecting alone are a dozen.
            #expect(number > 40)
            await direct.close()
        }
    }

    @Test(arguments: TestProxy.Side.allCases, [1, 5, 12, 18, 25, 30, 40])
    func `a connection that is dead and does not say so`(side: TestProxy.Side, number: Int) async throws {
        try await PrivatePostgres.with { server in
            let direct = PostgresDatabase(try PostgresAddress(server.url()), logger: .quiet)
            try await direct.transaction { _ = try $0.run("CREATE TABLE entry (id TEXT NOT NULL)") }
            let proxy = try TestProxy(to: server.port, .swallow, at: number, from: side)
            try await Self.run("\(side) \(number)", through: proxy, to: server, direct)
            #expect(proxy.hasFailed)
            await direct.close()
        }
    }

    /// Nobody can tell the two cases apart; to do it again would double it in one of them.
    @Test(arguments: [TestProxy.Fault.cutBefore, .swallow])
    func `a commit whose answer does not come is uncertain`(fault: TestProxy.Fault) async throws {
        try await PrivatePostgres.with { server in
            let proxy = try TestProxy(to: server.port)
            let database = try Self.database(server.url(port: proxy.port))
            try await database.transaction { _ = try $0.run("CREATE TABLE entry (id TEXT NOT NULL)") }
            let error = await #expect(throws: SQLError.self) {
                try await database.transaction { connection in
                    try connection.run("INSERT INTO entry (id) VALUES ('a')")
                    proxy.fail(fault, atNextFrom: .server)
                }
            }
            guard case .uncertain(let why) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(why.contains("nobody knows whether it was. Look before you do it again."))
            let count = try await database.read { try $0.row("SELECT COUNT(*) AS n FROM entry")?.int("n") }
            #expect(count == 1)
            await database.close()
        }
    }

    /// Writes and reads through the proxy, and compares what was said with what is there.
    private static func run(
        _ name: String,
        through proxy: TestProxy,
        to server: PrivatePostgres,
        _ direct: any Database
    ) async throws {
        let database = try database(server.url(port: proxy.port))
        var ends: [String: Bool?] = [:]
        for (place, isolation) in [Isolation.serializable, .locking, .serializable].enumerated() {
            let id = "\(name) \(place)"
            do {
                try await database.transaction(isolation) { connection in
                    if isolation == .locking { try connection.lock("entries") }
                    _ = try connection.rows("SELECT id FROM entry WHERE id = \(id)")
                    try connection.run("INSERT INTO entry (id) VALUES (\(id))")
                }
                ends[id] = true
            } catch SQLError.uncertain {
                ends[id] = Bool?.none
            }
        }
        // Reading again harms nothing, so it always succeeds.
        _ = try await database.read { try $0.rows("SELECT id FROM entry WHERE id = \(name)") }
        for (id, end) in ends {
            let times = try await direct.read { connection in
                try connection.row("SELECT COUNT(*) AS n FROM entry WHERE id = \(id)")?.int("n") ?? 0
            }
            #expect(end == true ? times == 1 : times <= 1, "\(id): \(String(describing: end)), \(times) times")
        }
        #expect(database.use.lent == 0)
        await database.close()
    }

    private static func database(_ url: String) throws -> PostgresDatabase {
        var settings = PostgresSettings()
        settings.connections = 1
        settings.longestStatement = .seconds(1)
        settings.longestSilence = .milliseconds(500)
        settings.longestConnecting = .milliseconds(1500)
        return PostgresDatabase(try PostgresAddress(url), settings: settings, logger: .quiet)
    }
}
