import Model
import PluginAPI
import Synchronization
import TestSupport
import Testing

@testable import Fetch

/// What a shop's own settings do to its requests, and to no other's.
@Suite(.timeLimit(.minutes(20)))
struct SiteSettingsExchangeTests {
    private static let tunnel = TestAnswer(
        steps: [.send(Array("HTTP/1.1 200 Connection established\r\n\r\n".utf8))],
        keepsOpen: true
    )

    /// A proxy and, at the end of every tunnel, the shop.
    private static func proxy() throws -> TestServer {
        try TestServer { $0.method == "CONNECT" ? tunnel : .page("through the proxy") }
    }

    @Test func `sends a shop's headers to its hosts only, and drops them where a redirect leads elsewhere`()
        async throws
    {
        let server = try TestServer { request in
            let port = request["Host"]?.split(separator: ":").last ?? ""
            switch request.path {
            case "/away": return .redirect(to: "http://other.localhost:\(port)/there")
            case "/home": return .redirect(to: "http://a.shop.localhost:\(port)/there")
            default: return .page("")
            }
        }
        let door = TestDoor {
            $0.obeyRobots = false
            $0.allowPrivateHosts = ["shop.localhost", "a.shop.localhost", "other.localhost"]
            $0.sites["shop.localhost"] = SiteSettings {
                $0.headers = ["X-Key": "secret", "Accept-Language": "de"]
                $0.userAgent = "Shopper/1.0"
            }
        }
        let shop = "http://shop.localhost:\(server.port)"
        _ = try await door.get("\(shop)/away")
        _ = try await door.get("\(shop)/home")
        _ = try await door.get("\(shop)/own", headers: ["X-Key": "mine", "User-Agent": "Me/1"])
        let seen = server.requests.map {
            "\($0.path) \($0["X-Key"] ?? "-") \($0["Accept-Language"] ?? "-") \($0["User-Agent"] ?? "-")"
        }
        #expect(
            seen == [
                "/away secret de Shopper/1.0", "/there - en,*;q=0.5 \(FetchSettings.standardUserAgent)",
                "/home secret de Shopper/1.0", "/there secret de Shopper/1.0", "/own mine de Me/1",
            ]
        )
    }

    @Test(arguments: [
        ("shop.example", "a"), ("www.shop.example", "b"), ("x.www.shop.example", "b"), ("m.shop.example", "a"),
        ("notshop.example", "standard"), ("example", "standard"), ("shop.example:8080", "port"),
    ])
    func `the longest name that fits decides`(host: String, name: String) throws {
        var settings = FetchSettings(userAgent: "standard")
        settings.sites["shop.example"] = SiteSettings { $0.userAgent = "a" }
        settings.sites["www.shop.example"] = SiteSettings { $0.userAgent = "b" }
        settings.sites["shop.example:8080"] = SiteSettings { $0.userAgent = "port" }
        let site = SiteRules(settings).site(of: try ExchangeTarget("http://\(host)/"))
        #expect(site.userAgent == name)
    }

    @Test func `cookies go from hop to hop on their host, also over another host`() async throws {
        let server = try TestServer { request in
            let port = request["Host"]?.split(separator: ":").last ?? ""
            switch (request.path, request["Cookie"]) {
            case ("/lamp", nil):
                return .redirect(to: "http://other.localhost:\(port)/consent", headers: [("Set-Cookie", "a=1; Path=/")])
            case ("/consent", nil): return .redirect(to: "http://shop.localhost:\(port)/lamp")
            default: return .page("\(request.path) \(request["Cookie"] ?? "no cookie")")
            }
        }
        let door = TestDoor { $0.obeyRobots = false }
        let url = "http://shop.localhost:\(server.port)/lamp"
        #expect(try await door.get(url).text == "/lamp a=1")
        #expect(try await door.get(url).text == "/lamp a=1")
        #expect(server.requests.map { $0["Cookie"] } == [nil, nil, "a=1", nil, nil, "a=1"])
    }

    @Test func `asks a proxy for the address that was looked up and checked here`() async throws {
        let server = try Self.proxy()
        let answers = Mutex(["93.184.215.14", "127.0.0.1"])
        let proxy = ProxyChoice.through(try ProxyAddress("http://127.0.0.1:\(server.port)"))
        let door = TestDoor {
            $0.obeyRobots = false
            $0.sites["shop.test"] = SiteSettings { $0.proxy = proxy }
        } lookup: { _ in
            answers.withLock { [IPAddress($0.removeFirst())].compactMap { $0 } }
        }
        let answer = try await door.get("http://shop.test/lamp")
        #expect(answer.text == "through the proxy")
        #expect(server.requests.map { "\($0.method) \($0.target)" } == ["CONNECT 93.184.215.14:80", "GET /lamp"])
        #expect(server.requests.last?["Host"] == "shop.test")
        // The name has another answer by now.
        let sentence =
            "shop.test resolves to 127.0.0.1, a loopback address, which is not fetched. An administrator can open it "
            + "with fetch.allowPrivateHosts."
        #expect(await door.failure("http://shop.test/lamp") == .refused(sentence))
        #expect(server.requests.count == 2)
    }

    @Test func `leaves the name to a proxy where that is set`() async throws {
        let server = try Self.proxy()
        let proxy = try ProxyAddress("http://127.0.0.1:\(server.port)")
        let door = TestDoor {
            $0.obeyRobots = false
            $0.proxy = proxy
            $0.proxyResolves = true
            $0.sites["direct.localhost"] = SiteSettings { $0.proxy = .direct }
            $0.allowPrivateHosts = ["direct.localhost"]
        } lookup: { _ in
            Issue.record("the name was looked up here")
            return []
        }
        _ = try await door.get("http://shop.test/lamp")
        _ = try await door.get("http://direct.localhost:\(server.port)/lamp")
        #expect(server.requests.map(\.target) == ["http://shop.test/lamp", "/lamp"])
    }

    @Test func `names a proxy that is not there, and one that wants a password, without showing ours`() async throws {
        let server = try TestServer { _ in .response(407, headers: [("Proxy-Authenticate", "Basic realm=\"x\"")]) }
        let port = server.port
        let proxy = try ProxyAddress("http://user:hunter2@127.0.0.1:\(port)")
        let door = TestDoor {
            $0.obeyRobots = false
            $0.proxy = proxy
        } lookup: { _ in
            [IPAddress([93, 184, 215, 14])]
        }
        let refused =
            "The proxy http://127.0.0.1:\(port) wants a user name and a password, or others than those set. Check the "
            + "proxy's setting."
        #expect(await door.failure("http://shop.test/lamp") == .unreachable(refused))
        #expect(server.requests.first?["Proxy-Authorization"] == "Basic dXNlcjpodW50ZXIy")
        server.close()
        let away =
            "The proxy http://127.0.0.1:\(port) refused the connection: nobody listens there. Check the proxy's "
            + "setting, or start it."
        #expect(await door.failure("http://shop.test/lamp") == .unreachable(away))
    }

    @Test(arguments: ["http://user:hunter2@proxy.example:3128", "socks5h://user:hunter2@proxy.example"])
    func `never shows a proxy's password`(text: String) throws {
        let proxy = try ProxyAddress(text)
        #expect(!"\(proxy) \(String(reflecting: proxy)) \(String(describing: [proxy]))".contains("hunter2"))
        var dumped = ""
        dump(proxy, to: &dumped)
        #expect(!dumped.contains("hunter2"))
    }

    @Test(arguments: [
        "", "proxy.example:3128", "ftp://proxy.example", "http://", "http://p.example/path", "http://a b",
    ])
    func `refuses what is no proxy`(text: String) {
        #expect(throws: ProxyAddress.Problem.self) { try ProxyAddress(text) }
    }

    @Test func `names the circle in which a shop redirects`() async throws {
        let server = try TestServer { .redirect(to: $0.path == "/a" ? "/b" : "/a") }
        let door = TestDoor { $0.obeyRobots = false }
        let (a, b) = ("\(server.url)/a", "\(server.url)/b")
        let sentence =
            "127.0.0.1:\(server.port) redirects in a circle: \(a) → \(b) → \(a). After 5 redirects the program gives up. Use "
            + "the address that a browser ends at."
        #expect(await door.failure(a) == .refused(sentence))
        #expect(server.requests.count == 6)
    }
}
