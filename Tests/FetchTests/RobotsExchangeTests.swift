import Model
import PluginAPI
import Synchronization
import TestSupport
import Testing

@testable import Fetch

@Suite(.timeLimit(.minutes(20)))
struct RobotsExchangeTests {
    private static func shop(_ robots: TestAnswer) throws -> TestServer {
        try TestServer { $0.path == "/robots.txt" ? robots : .page("a page") }
    }

    private static func rules(_ text: String) -> TestAnswer {
        .response(headers: [("Content-Type", "text/plain")], body: Array(text.utf8))
    }

    @Test func `refuses what robots.txt forbids, and says by which rule and how to change that`() async throws {
        let server = try Self.shop(Self.rules("User-agent: *\nDisallow: /cart\n"))
        let door = TestDoor()
        #expect(try await door.get("\(server.url)/lamp").text == "a page")
        let sentence =
            "The robots.txt of 127.0.0.1:\(server.port) forbids this page to “PriceMonitoringAgent”: line 2 is "
            + "“Disallow: /cart”. Watch another page, or, if you may, set obeyRobots of this shop to false under “sites” in "
            + "config.json."
        #expect(await door.failure("\(server.url)/cart?id=1") == .refused(sentence))
        #expect(server.requests.map(\.target) == ["/robots.txt", "/lamp"])
    }

    @Test func `asks all the same where the shop's setting, or the one for all, says so`() async throws {
        let server = try Self.shop(Self.rules("User-agent: *\nDisallow: /\n"))
        let one = TestDoor { $0.sites["127.0.0.1"] = SiteSettings { $0.obeyRobots = false } }
        #expect(try await one.get("\(server.url)/lamp").text == "a page")
        let all = TestDoor { $0.obeyRobots = false }
        #expect(try await all.get("\(server.url)/lamp").text == "a page")
        let exception = TestDoor {
            $0.obeyRobots = false
            $0.sites["127.0.0.1"] = SiteSettings { $0.obeyRobots = true }
        }
        _ = await exception.failure("\(server.url)/lamp")
        #expect(server.requests.map(\.target) == ["/lamp", "/lamp", "/robots.txt"])
    }

    @Test func `obeys the rules for the name under which this shop is asked`() async throws {
        let server = try Self.shop(Self.rules("User-agent: shopper\nDisallow: /\n"))
        let door = TestDoor { $0.sites["127.0.0.1"] = SiteSettings { $0.userAgent = "Shopper/1.0" } }
        _ = await door.failure("\(server.url)/lamp")
        #expect(server.requests.map { $0["User-Agent"] } == ["Shopper/1.0"])
    }

    @Test(arguments: [400, 401, 403, 404, 410])
    func `forbids nothing where there is none`(status: Int) async throws {
        let server = try Self.shop(.response(status, body: Array("User-agent: *\nDisallow: /".utf8)))
        #expect(try await TestDoor().get("\(server.url)/lamp").text == "a page")
    }

    @Test(arguments: [429, 500, 503])
    func `asks nothing while the server fails to say`(status: Int) async throws {
        let server = try Self.shop(.response(status))
        let sentence =
            "127.0.0.1:\(server.port) answered with status \(status) when it was asked for its robots.txt; until it says "
            + "what programs may look at, its pages are left alone. Try again later, or let the shop's setting obeyRobots "
            + "be false."
        #expect(await TestDoor().failure("\(server.url)/lamp") == .unreachable(sentence))
        #expect(server.requests.map(\.target) == ["/robots.txt"])
    }

    @Test func `asks for it once a day, conditionally, and once for many at the same time`() async throws {
        let hours = Mutex(0)
        let began = ContinuousClock.now
        let robots = RobotsFiles { began + .seconds(3600 * hours.withLock { $0 }) }
        let server = try TestServer { request in
            guard request.path == "/robots.txt" else { return .page("a page") }
            if request["If-None-Match"] == "\"1\"" { return .response(304) }
            return .response(headers: [("ETag", "\"1\"")], body: Array("User-agent: *\nDisallow: /x".utf8))
        }
        let door = TestDoor(robots: robots) { $0.hostConcurrency = 10 }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<10 { group.addTask { _ = try await door.get("\(server.url)/\(number)") } }
            try await group.waitForAll()
        }
        hours.withLock { $0 = 23 }
        _ = try await door.get("\(server.url)/late")
        hours.withLock { $0 = 24 }
        _ = try await door.get("\(server.url)/next")
        _ = await door.failure("\(server.url)/x")
        let asked = server.requests.filter { $0.path == "/robots.txt" }
        #expect(asked.map { $0["If-None-Match"] } == [nil, "\"1\""])
    }

    @Test func `goes by the copy it has where the server fails later`() async throws {
        let isDown = Mutex(false)
        let hours = Mutex(0)
        let began = ContinuousClock.now
        let robots = RobotsFiles { began + .seconds(3600 * hours.withLock { $0 }) }
        let server = try TestServer { request in
            guard request.path == "/robots.txt" else { return .page("a page") }
            return isDown.withLock { $0 } ? .response(503) : Self.rules("User-agent: *\nDisallow: /x")
        }
        let door = TestDoor(robots: robots)
        _ = try await door.get("\(server.url)/lamp")
        isDown.withLock { $0 = true }
        hours.withLock { $0 = 48 }
        #expect(try await door.get("\(server.url)/lamp").text == "a page")
        guard case .refused = await door.failure("\(server.url)/x") else {
            Issue.record("the old rules were forgotten")
            return
        }
    }

    @Test func `follows its redirects, also to another host`() async throws {
        let server = try TestServer { request in
            let port = request["Host"]?.split(separator: ":").last ?? ""
            switch request.path {
            case "/robots.txt" where request["Host"]?.hasPrefix("shop") == true:
                return .redirect(to: "http://other.localhost:\(port)/robots.txt")
            case "/robots.txt": return Self.rules("User-agent: *\nDisallow: /x")
            default: return .page("a page")
            }
        }
        let door = TestDoor()
        guard case .refused = await door.failure("http://shop.localhost:\(server.port)/x") else {
            Issue.record("the redirect was not followed")
            return
        }
    }

    @Test func `a page that a redirect leads to is looked up in the rules of its own host`() async throws {
        let server = try TestServer { request in
            let port = request["Host"]?.split(separator: ":").last ?? ""
            let isShop = request["Host"]?.hasPrefix("shop") == true
            switch request.path {
            case "/robots.txt": return isShop ? .response(404) : Self.rules("User-agent: *\nDisallow: /hidden")
            case "/go": return .redirect(to: "http://other.localhost:\(port)/hidden")
            default: return .page("a page")
            }
        }
        guard case .refused(let why) = await TestDoor().failure("http://shop.localhost:\(server.port)/go") else {
            Issue.record("the page was fetched")
            return
        }
        #expect(why.hasPrefix("The robots.txt of other.localhost"))
        #expect(server.requests.map(\.target) == ["/robots.txt", "/go", "/robots.txt"])
    }

    @Test func `waits between two requests as long as it asks for, where the shop's pause is shorter`() async throws {
        let server = try Self.shop(Self.rules("User-agent: *\nCrawl-delay: 0.2"))
        let shared = RecordingSites()
        let door = TestDoor(shared: shared) { $0.sites["localhost"] = SiteSettings { $0.pause = .milliseconds(300) } }
        _ = try await door.get("\(server.url)/lamp")
        _ = try await door.get("http://localhost:\(server.port)/lamp")
        #expect(shared.pauses == [.milliseconds(200), .milliseconds(300)])
    }

    @Test func `a page's own limit does not hold for it, and what is too long is cut`() async throws {
        let filler = String(repeating: "# filler\n", count: 200_000)
        let server = try Self.shop(Self.rules("User-agent: *\nDisallow: /x\n\(filler)"))
        let door = TestDoor { $0.maximumBytes = 1000 }
        guard case .refused = await door.failure("\(server.url)/x") else {
            Issue.record("the file was not read")
            return
        }
    }
}

/// Grants every start at once, and keeps the pauses that were asked for.
private final class RecordingSites: SharedSites {
    private let asked = Mutex<[Duration]>([])
    var pauses: [Duration] { asked.withLock { $0 } }

    func view() -> SiteView { SiteView(now: Timestamp(milliseconds: 0), states: [:]) }

    func change(_ site: String, _ change: SiteState.Change) -> (state: SiteState, isGranted: Bool) {
        (SiteState(), true)
    }

    func reserve(_ site: String, pause: Duration, concurrency: Int, lease: Duration) -> SiteTurn {
        asked.withLock { $0.append(pause) }
        return .start(after: .zero, place: "")
    }

    func release(_ place: String) {}
}
