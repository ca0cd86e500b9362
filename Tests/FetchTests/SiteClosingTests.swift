import Model
import PluginAPI
import Synchronization
import TestSupport
import Testing

@testable import Fetch

/// When a shop is left alone.
@Suite(.timeLimit(.minutes(20)))
struct SiteClosingTests {
    /// Answers with what the test sets.
    private final class Shop: Sendable {
        let answer = Mutex(TestAnswer.page("fine"))

        func set(_ new: TestAnswer) { answer.withLock { $0 = new } }
    }

    private static func shop() throws -> (Shop, TestServer) {
        let shop = Shop()
        return (shop, try TestServer { _ in shop.answer.withLock { $0 } })
    }

    private static func door(failures: Int = 3, shared: (any SharedSites)? = nil) -> TestDoor {
        TestDoor(shared: shared) {
            $0.obeyRobots = false
            $0.breaker.failures = failures
        }
    }

    @Test(arguments: [
        (429, "120"), (503, "120"), (429, "Mon, 23 Nov 2026 12:02:00 GMT"),
    ])
    func `waits as long as a shop asks for, in both forms`(status: Int, header: String) async throws {
        let (shop, server) = try Self.shop()
        let test = Self.door()
        shop.set(.response(status, headers: [("Retry-After", header)]))
        let sentence =
            "127.0.0.1:\(server.port) asked to be left alone (status \(status) with Retry-After), so it is not asked before "
            + "23 Nov 2026, 12:02 UTC."
        for _ in 0..<3 {
            guard case .closed(sentence, let opensIn) = await test.failure(server.url) else {
                Issue.record("the shop was not closed")
                return
            }
            #expect((Duration.seconds(119)...Duration.seconds(120)).contains(opensIn))
        }
        #expect(server.requests.count == 1)
    }

    @Test func `a shop that only redirects elsewhere is well again when it does`() async throws {
        let isDown = Mutex(true)
        let server = try TestServer { request in
            if request["Host"]?.hasPrefix("other.") == true { return .page("fine") }
            let target = "http://other.\(request["Host"] ?? "")/"
            return isDown.withLock { $0 } ? .response(500) : .redirect(to: target)
        }
        let shared = StillSites()
        let address = "http://localhost:\(server.port)/"
        for _ in 0..<3 { _ = try await Self.door(shared: shared).get(address) }
        guard case .closed = await Self.door(shared: shared).failure(address) else {
            Issue.record("the breaker did not open")
            return
        }
        isDown.withLock { $0 = false }
        shared.clock.advance(by: .seconds(200))
        for _ in 0..<2 { #expect(try await Self.door(shared: shared).get(address).text == "fine") }
    }

    @Test func `with patience, nobody waits long for others at a shop that wants pauses`() async throws {
        let gate = Gate()
        let server = try TestServer { _ in TestAnswer(steps: [.wait(gate)] + TestAnswer.page("").steps) }
        let test = TestDoor {
            $0.obeyRobots = false
            $0.hostPause = .seconds(30)
        }
        let first = Task { try await test.get(server.url) }
        _ = await server.requests(1)
        await #expect(throws: LaterTurn(after: .seconds(30))) {
            try await test.door.exchange(HTTPRequest(url: server.url), patience: .seconds(10))
        }
        gate.open()
        _ = try await first.value
    }

    @Test func `asks again when the time is over`() async throws {
        let (shop, server) = try Self.shop()
        let shared = StillSites()
        let test = Self.door(shared: shared)
        shop.set(.response(429, headers: [("Retry-After", "120")]))
        _ = await test.failure(server.url)
        shop.set(.page("fine"))
        shared.clock.advance(by: .seconds(121))
        #expect(try await Self.door(shared: shared).get(server.url).text == "fine")
    }

    @Test(arguments: ["0", "", "soon", "-5"])
    func `an answer that asks for no pause is an answer`(header: String) async throws {
        let (shop, server) = try Self.shop()
        shop.set(.response(429, headers: [("Retry-After", header)]))
        #expect(try await Self.door().get(server.url).status == 429)
    }

    @Test func `a pause of a year is cut to a day and a little`() async throws {
        let (shop, server) = try Self.shop()
        shop.set(.response(503, headers: [("Retry-After", "31536000")]))
        guard case .closed(_, let opensIn) = await Self.door().failure(server.url) else {
            Issue.record("the shop was not closed")
            return
        }
        #expect((Duration.seconds(86_399)...Duration.seconds(86_400)).contains(opensIn))
    }

    @Test func `a shop that only ever asks for pauses fails in the end`() async throws {
        let (shop, server) = try Self.shop()
        let shared = StillSites(failures: 3)
        shop.set(.response(429, headers: [("Retry-After", "60")]))
        for _ in 0..<2 {
            guard case .closed = await Self.door(shared: shared).failure(server.url) else {
                Issue.record("the shop was not closed")
                return
            }
            shared.clock.advance(by: .seconds(61))
        }
        #expect(try await Self.door(shared: shared).get(server.url).status == 429)
    }

    @Test func `leaves a shop alone that fails again and again, and lets one request try`() async throws {
        let (shop, server) = try Self.shop()
        let shared = StillSites(failures: 3)
        shop.set(.response(500))
        let test = Self.door(shared: shared)
        for _ in 0..<3 { #expect(try await test.get(server.url).status == 500) }
        let sentence =
            "127.0.0.1:\(server.port) failed 3 times in a row, so it is left alone until 23 Nov 2026, 12:01 UTC. The last "
            + "time: it answered with status 500. (fetch.breakerFailures says after how many failures.)"
        guard case .closed(sentence, _) = await test.failure(server.url) else {
            Issue.record("the breaker did not open")
            return
        }
        #expect(server.requests.count == 3)
        shop.set(.page("fine"))
        shared.clock.advance(by: .seconds(61))
        let other = Self.door(shared: shared)
        #expect(try await other.get(server.url).text == "fine")
        // The probe has not said yet what it found; nobody else may try.
        guard case .closed = await other.failure(server.url) else {
            Issue.record("two probes were made")
            return
        }
        try await other.door.report(server.url, .fine)
        #expect(try await other.get(server.url).text == "fine")
        #expect(server.requests.count == 5)
    }

    @Test func `a page that refuses to be shown counts, and one that is there begins anew`() async throws {
        let (_, server) = try Self.shop()
        let test = Self.door(shared: StillSites(failures: 3))
        for _ in 0..<2 { try await test.door.report(server.url, .trouble("it asked for proof of being human.")) }
        try await test.door.report(server.url, .fine)
        for _ in 0..<2 { try await test.door.report(server.url, .trouble("it asked for proof of being human.")) }
        #expect(try await test.get(server.url).text == "fine")
        try await test.door.report(server.url, .trouble("it asked for proof of being human."))
        guard case .closed = await test.failure(server.url) else {
            Issue.record("the breaker did not open")
            return
        }
    }

    @Test func `those that wait in line for a shop do not go on when it closes meanwhile`() async throws {
        let gate = Gate()
        let server = try TestServer { _ in
            TestAnswer(
                steps: [.wait(gate), .send(TestAnswer.head(429, [("Retry-After", "60"), ("Content-Length", "0")]))]
            )
        }
        let test = TestDoor {
            $0.obeyRobots = false
            $0.hostConcurrency = 1
        }
        let tasks = (0..<5).map { _ in Task { await test.failure(server.url) } }
        _ = await server.requests(1)
        gate.open()
        for task in tasks {
            guard case .closed = await task.value else {
                Issue.record("a request was not held back")
                return
            }
        }
        #expect(server.requests.count == 1)
    }

    @Test func `other hosts are asked meanwhile`() async throws {
        let (shop, server) = try Self.shop()
        let test = Self.door()
        shop.set(.response(429, headers: [("Retry-After", "60")]))
        _ = await test.failure(server.url)
        shop.set(.page("fine"))
        #expect(try await test.get("http://shop.localhost:\(server.port)/").text == "fine")
    }
}

/// Shared by several doors, with a clock of its own.
private final class StillSites: SharedSites {
    let clock = ManualClock()
    private let sites: LocalSites

    init(failures: Int = 3) {
        sites = LocalSites(policy: BreakerPolicy(failures: failures), now: clock.reading)
    }

    func view() -> SiteView { sites.view() }

    func change(_ site: String, _ change: SiteState.Change) -> (state: SiteState, isGranted: Bool) {
        sites.change(site, change)
    }

    func reserve(_ site: String, pause: Duration, concurrency: Int, lease: Duration) -> SiteTurn {
        sites.reserve(site, pause: pause, concurrency: concurrency, lease: lease)
    }

    func release(_ place: String) { sites.release(place) }
}
