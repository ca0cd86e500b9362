import Fetch
import Logging
import Model
import Monitoring
import PluginAPI
import SQL
import Store
import Synchronization
import TestSupport
import Testing

/// What two processes share about shops: each has its own way into one database, its own fetcher and its own door.
@Suite(.timeLimit(.minutes(20)))
struct SharedSitesTests {
    private static let policy = BreakerPolicy(failures: 3)

    private static func withTwo(
        _ body: (_ test: TestDatabase, _ one: any Database, _ two: any Database) async throws -> Void
    ) async throws {
        try await TestDatabase.with(rooms: [(StoreSchema.room, StoreSchema.migrations)]) { test in
            try await test.withAnother { try await body(test, test.database, $0) }
        }
    }

    private static func door(
        _ shared: any SharedSites,
        pause: Duration = .zero,
        concurrency: Int = 2
    ) -> (door: SiteDoor, fetcher: Fetcher) {
        var settings = FetchSettings(allowPrivateHosts: ["127.0.0.1"], obeyRobots: false, breaker: policy)
        settings.hostPause = pause
        settings.hostConcurrency = concurrency
        let fetcher = Fetcher(settings: settings, logger: .quiet)
        return (SiteDoor(fetcher: fetcher, shared: shared, now: ManualClock().reading), fetcher)
    }

    @Test func `starts lie a pause apart, whoever asks for them`() async throws {
        try await Self.withTwo { _, one, two in
            let before = try await one.read { try $0.clock() }
            let sites = [one, two].map { DatabaseSites(database: $0, policy: Self.policy) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        let turn = try await sites[number % 2].reserve(
                            "shop.test",
                            pause: .seconds(10),
                            concurrency: 100,
                            lease: .seconds(3600)
                        )
                        if case .full = turn { Issue.record("there was no place") }
                    }
                }
                try await group.waitForAll()
            }
            let last = try await two.transaction { connection in
                try connection.takeStart(at: "shop.test", pause: .seconds(10), concurrency: 100, now: before)
            }
            // No upper bound: the clock went on between the calls.
            #expect(last - before >= .seconds(200))
        }
    }

    @Test(arguments: [Duration.hours(3), .days(400)])
    func `after the clock was set back, nobody waits for what was reserved before`(span: Duration) async throws {
        try await Self.withTwo { _, one, _ in
            try await one.transaction { connection in
                let ahead = try connection.clock() + span
                _ = try connection.takeStart(at: "shop.test", pause: .seconds(1), concurrency: 1, now: ahead)
                if span > .days(1) {
                    try connection.insertPlace(ID("left-behind"), at: "shop.test", expires: ahead + .seconds(40))
                }
            }
            let turn = try await DatabaseSites(database: one, policy: Self.policy).reserve(
                "shop.test",
                pause: .seconds(1),
                concurrency: 1,
                lease: .seconds(40)
            )
            guard case .start(let wait, _) = turn else {
                Issue.record("there was no place: \(turn)")
                return
            }
            #expect(wait == .zero)
        }
    }

    @Test func `requests of two processes reach a shop a pause apart`() async throws {
        try await Self.withTwo { _, one, two in
            let last = Mutex(ContinuousClock.now)
            let server = try TestServer { _ in
                last.withLock { $0 = .now }
                return .page("")
            }
            let doors = [one, two].map {
                Self.door(DatabaseSites(database: $0, policy: Self.policy), pause: .milliseconds(100))
            }
            let start = ContinuousClock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    let door = doors[number % 2].door
                    group.addTask { _ = try await door.exchange(HTTPRequest(url: "\(server.url)/\(number)")) }
                }
                try await group.waitForAll()
            }
            // Each process alone would be done after three pauses. No upper bound: a busy machine takes longer.
            #expect(server.requests.count == 8)
            #expect(last.withLock { $0 } - start >= .milliseconds(700))
        }
    }

    @Test func `no more requests run at a shop than are allowed, in all processes together`() async throws {
        try await Self.withTwo { _, one, two in
            let gate = Gate()
            let server = try TestServer { request in
                request.path == "/first" ? TestAnswer(steps: [.wait(gate)] + TestAnswer.page("").steps) : .page("")
            }
            let (first, _) = Self.door(
                DatabaseSites(database: one, policy: Self.policy),
                pause: .milliseconds(1),
                concurrency: 1
            )
            let waiting = WaitingSites(DatabaseSites(database: two, policy: Self.policy))
            let (second, _) = Self.door(waiting, pause: .milliseconds(1), concurrency: 1)
            let held = Task { try await first.exchange(HTTPRequest(url: "\(server.url)/first")) }
            _ = await server.requests(1)
            let later = Task { try await second.exchange(HTTPRequest(url: "\(server.url)/second")) }
            await waiting.wasFull()
            #expect(server.requests.map(\.path) == ["/first"])
            gate.open()
            _ = try await (held.value, later.value)
            #expect(server.requests.map(\.path) == ["/first", "/second"])
        }
    }

    @Test func `the place of a process that died is free again after its lease`() async throws {
        try await Self.withTwo { _, one, two in
            let (dead, alive) = (
                DatabaseSites(database: one, policy: Self.policy), DatabaseSites(database: two, policy: Self.policy)
            )
            _ = try await dead.reserve("shop.test", pause: .milliseconds(1), concurrency: 1, lease: .seconds(3600))
            let full = try await alive.reserve("shop.test", pause: .milliseconds(1), concurrency: 1, lease: .zero)
            #expect(full == .full(askAgainAfter: .milliseconds(50)))
            _ = try await dead.reserve("other.test", pause: .zero, concurrency: 1, lease: .zero)
            guard case .start = try await alive.reserve("other.test", pause: .zero, concurrency: 1, lease: .zero) else {
                Issue.record("the lease did not end")
                return
            }
        }
    }

    @Test func `a shop that asked one process for a pause is left alone by the other`() async throws {
        try await Self.withTwo { _, one, two in
            let server = try TestServer { _ in .response(429, headers: [("Retry-After", "600")]) }
            for database in [one, two] {
                let (door, _) = Self.door(DatabaseSites(database: database, policy: Self.policy))
                do {
                    _ = try await door.exchange(HTTPRequest(url: server.url))
                    Issue.record("the shop was not closed")
                } catch ExchangeError.closed(let why, let opensIn) {
                    #expect(why.contains("asked to be left alone (status 429 with Retry-After)"))
                    #expect(opensIn > .seconds(500))
                }
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test func `failures in several processes open one breaker`() async throws {
        try await Self.withTwo { _, one, two in
            let server = try TestServer { _ in .response(500) }
            let doors = [one, two].map { Self.door(DatabaseSites(database: $0, policy: Self.policy)).door }
            for number in 0..<3 {
                _ = try await doors[number % 2].exchange(HTTPRequest(url: server.url))
            }
            let (third, _) = Self.door(DatabaseSites(database: two, policy: Self.policy))
            await #expect(throws: ExchangeError.self) { try await third.exchange(HTTPRequest(url: server.url)) }
            #expect(server.requests.count == 3)
        }
    }

    @Test func `nothing is written for a shop that is well and may be asked without a pause`() async throws {
        try await Self.withTwo { _, one, _ in
            let server = try TestServer { _ in .page("") }
            let (door, _) = Self.door(DatabaseSites(database: one, policy: Self.policy))
            for _ in 0..<3 {
                let answer = try await door.exchange(HTTPRequest(url: server.url))
                try await door.report(answer.url, .fine)
            }
            #expect(try await one.read { try $0.rows("SELECT name FROM site").count } == 0)
        }
    }
}

/// Says when a start was asked for and there was no place.
private final class WaitingSites: SharedSites {
    private let sites: DatabaseSites
    private let full = AsyncStream<Void>.makeStream()

    init(_ sites: DatabaseSites) {
        self.sites = sites
    }

    func wasFull() async {
        for await _ in full.stream { return }
    }

    func view() async throws -> SiteView { try await sites.view() }

    func change(_ site: String, _ change: SiteState.Change) async throws -> (state: SiteState, isGranted: Bool) {
        try await sites.change(site, change)
    }

    func reserve(_ site: String, pause: Duration, concurrency: Int, lease: Duration) async throws -> SiteTurn {
        let turn = try await sites.reserve(site, pause: pause, concurrency: concurrency, lease: lease)
        if case .full = turn { full.continuation.yield() }
        return turn
    }

    func release(_ place: String) async throws { try await sites.release(place) }
}
