import SQL
import Synchronization
import TestSupport
import Testing

/// Somebody sets the machine's clock while the real program works (what only counts goes on counting).
@Suite(.timeLimit(.minutes(20)))
struct ClockTests {
    private static let interval: Duration = .seconds(2)
    private static let listings = 6

    @Test(arguments: [Duration.seconds(-86400), .seconds(86400)])
    func `a clock that is set by a day neither stops the checks nor makes a storm of them`(by shift: Duration)
        async throws
    {
        let (shop, clock) = (try WatchedShop(), try await ShiftedClock())
        let installation = try Installation(Household.settings(), environment: clock.environment)
        let ledger = Ledger(installation)
        try await installation.run { program in
            _ = try await Household.moveIn(program)
            try await ledger.watch(
                (0..<Self.listings).map { (shop.address(of: $0), nil) },
                every: Self.interval
            )
            try await eventually { shop.fewestVisits(of: Self.listings) >= 3 }
            try clock.set(to: shift)
            // The clock is another one for the program too.
            try await eventually {
                let times = try await ledger.look {
                    try $0.number("SELECT MAX(ABS(at - \(Ledger.now))) AS n FROM check_log")
                }
                return times > 80_000_000
            }
            try await eventually { shop.fewestVisits(of: Self.listings) >= 7 }
        }
        // Each is asked for at its pace, and once besides at the most, when the clock moved.
        for number in 0..<Self.listings {
            let hurried = shop.pauses(of: number).filter { $0 < Self.interval * 0.9 }
            #expect(hurried.count <= 1, "\(shop.pauses(of: number))")
        }
        let (histories, checks) = try await ledger.look { connection in
            (try connection.histories(), try connection.recordedChecks())
        }
        #expect(try await ledger.jobs().allSatisfy { $0.state != .failed })
        // One price is one run, whatever the clock said; it counts each check.
        #expect(histories.count == Self.listings)
        for (listing, runs) in histories { #expect(runs.map(\.checks) == [checks[listing]]) }
    }

    @Test(arguments: [Footing.postgres, .postgresAndRedis], [Duration.seconds(-300), .seconds(300)])
    func `a scheduler whose clock is five minutes off has what is due checked at once, and says so`(
        footing: Footing,
        shift: Duration
    ) async throws {
        let (shop, clock) = (try WatchedShop(), try await ShiftedClock())
        try clock.set(to: shift)
        let installation = try await Installation.on(footing, Household.settings())
        try await installation.run("web") { log in
            let web = RunningProgram(installation: installation, port: try await log.port(), log: log)
            let home = try await Household.moveIn(web)
            try await installation.run("worker") { _ in
                try await installation.run("scheduler", environment: clock.environment) { scheduler in
                    try await eventually {
                        scheduler.lines.contains { $0.contains("The clock of this machine is not the database's") }
                    }
                    let body = ["url": shop.address(of: 0)]
                    _ = try await home.rest.call("POST", "/products", body, as: REST.Product.self)
                    try await eventually { shop.fewestVisits(of: 1) >= 1 }
                }
            }
        }
        // Had the scheduler gone by its own clock, the listing would have waited until that was as far.
        let wait = try await Ledger(installation).look { connection in
            try connection.number(
                "SELECT MIN(at - created_at) AS n FROM check_log JOIN listing ON listing.id = check_log.listing_id"
            )
        }
        #expect(wait < 290_000)
    }
}

/// A shop that notes when it was visited, by a clock that nobody sets.
private final class WatchedShop: Sendable {
    private final class Visits: Sendable {
        let of = Mutex<[String: [ContinuousClock.Instant]]>([:])
    }

    private let visits: Visits
    private let server: TestServer

    init() throws {
        let visits = Visits()
        self.visits = visits
        server = try TestServer { request in
            visits.of.withLock { $0[request.path, default: []].append(.now) }
            return .page(ShopPage(name: "Article", price: "42.00").html)
        }
    }

    func address(of number: Int) -> String { "\(server.url(host: Shop.host))/\(number)" }

    func fewestVisits(of count: Int) -> Int {
        visits.of.withLock { visits in (0..<count).map { visits["/\($0)", default: []].count }.min() ?? 0 }
    }

    func pauses(of number: Int) -> [Duration] {
        let times = visits.of.withLock { $0["/\(number)", default: []] }
        return zip(times.dropFirst(), times).map { $0 - $1 }
    }
}
