import Fetch
import Model
import PluginAPI
import TestSupport
import Testing

/// `a.localhost` and `b.localhost` are two hosts on this machine.
@Suite(.timeLimit(.minutes(20)))
struct RedirectExchangeTests {
    private let fetcher = Fetcher { $0.allowPrivateHosts = ["127.0.0.1", "a.localhost", "b.localhost"] }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `follows a redirect and says which address answered`(status: Int) async throws {
        let server = try TestServer { $0.path == "/old" ? .redirect(to: "new?x=1#top", status: status) : .page("lamp") }
        let answer = try await fetcher.get("\(server.url)/old")
        #expect(answer.text == "lamp")
        #expect(answer.url == "\(server.url)/new?x=1")
        #expect(server.requests.map(\.method) == ["GET", "GET"])
    }

    @Test func `follows as many redirects as are allowed, and no more`() async throws {
        let server = try TestServer { request in
            let left = Int(request.path.dropFirst()) ?? 0
            return left == 0 ? .page("end") : .redirect(to: "/\(left - 1)")
        }
        #expect(try await fetcher.get("\(server.url)/5").text == "end")
        let error = await fetcher.failure("\(server.url)/6")
        let sentence =
            "127.0.0.1:\(server.port) redirects again and again; after 5 redirects the program gives up. Use the "
            + "address that a browser ends at."
        #expect(error == .refused(sentence))
        #expect(server.requests.count == 6 + 6)
    }

    @Test func `a redirect without an address is an answer`() async throws {
        let server = try TestServer { _ in .response(302, body: Array("moved".utf8)) }
        let answer = try await fetcher.get(server.url)
        #expect(answer.status == 302)
        #expect(answer.text == "moved")
    }

    @Test func `keeps the headers on the same host`() async throws {
        let server = try TestServer { $0.path == "/old" ? .redirect(to: "/new") : .page("lamp") }
        _ = try await fetcher.get("\(server.url)/old", headers: ["Authorization": "Bearer t", "X-Signature": "s"])
        let second = try #require(server.requests.last)
        #expect(second["Authorization"] == "Bearer t")
        #expect(second["X-Signature"] == "s")
    }

    @Test func `tells another host nothing but what kind of answer is wanted`() async throws {
        let server = try TestServer { request in
            request.path == "/old"
                ? .redirect(to: "http://b.localhost:\(request["Host"]?.split(separator: ":").last ?? "")/new")
                : .page("lamp")
        }
        let headers: HTTPHeaders = [
            "Authorization": "Bearer t", "Cookie": "c=1", "X-Signature": "s", "If-None-Match": "\"v\"",
            "User-Agent": "test", "Accept": "text/html",
        ]
        let url = "http://me:secret@a.localhost:\(server.port)/old"
        let answer = try await fetcher.get(url, headers: headers)
        #expect(answer.url == "http://b.localhost:\(server.port)/new")
        let second = try #require(server.requests.last)
        let names = second.headerLines.map { $0.prefix { $0 != ":" } }.sorted()
        #expect(
            names == ["Accept", "Accept-Encoding", "Accept-Language", "Host", "If-None-Match", "User-Agent"]
        )
    }

    @Test func `cookies last from hop to hop on their host, and no longer`() async throws {
        let server = try TestServer { request in
            switch request.path {
            case "/1": .redirect(to: "/2", headers: [("Set-Cookie", "visit=1; Path=/")])
            case "/2" where request["Cookie"] == "visit=1":
                .redirect(to: "http://b.localhost:\(request["Host"]?.split(separator: ":").last ?? "")/3")
            default: .page(request["Cookie"] ?? "none")
            }
        }
        #expect(try await fetcher.get("http://a.localhost:\(server.port)/1").text == "none")
        #expect(server.requests.map(\.target) == ["/1", "/2", "/3"])
        #expect(try await fetcher.get("http://a.localhost:\(server.port)/4").text == "none")
    }

    @Test(arguments: [
        (301, "GET", ""), (302, "GET", ""), (303, "GET", ""), (307, "POST", "data"), (308, "POST", "data"),
    ])
    func `a POST becomes a GET where browsers do so`(status: Int, method: String, body: String) async throws {
        let server = try TestServer { $0.path == "/old" ? .redirect(to: "/new", status: status) : .page("") }
        let headers: HTTPHeaders = ["Content-Type": "text/plain"]
        let request = HTTPRequest(method: .post, url: "\(server.url)/old", headers: headers, body: Array("data".utf8))
        _ = try await fetcher.exchange(request, through: .guarded)
        let second = try #require(server.requests.last)
        #expect(second.method == method)
        #expect(second.body == Array(body.utf8))
        #expect(second["Content-Type"] == (method == "GET" ? nil : "text/plain"))
    }

    @Test func `does not pass data on to another host`() async throws {
        let server = try TestServer { request in
            .redirect(to: "http://b.localhost:\(request["Host"]?.split(separator: ":").last ?? "")/", status: 307)
        }
        let request = HTTPRequest(method: .post, url: "http://a.localhost:\(server.port)/", body: [1])
        await #expect(throws: ExchangeError.self) { try await fetcher.exchange(request, through: .guarded) }
        #expect(server.requests.count == 1)
    }

    @Test(arguments: [
        "ftp://shop.example/", "file:///etc/passwd", "javascript:alert(1)", "http://", "data:text/html,x",
    ])
    func `refuses a redirect that leads to no web address`(location: String) async throws {
        let server = try TestServer { _ in .redirect(to: location) }
        guard case .refused(let sentence) = await fetcher.failure(server.url) else {
            Issue.record("the error is no refusal")
            return
        }
        #expect(sentence.hasPrefix("127.0.0.1:\(server.port) redirects to an address that "))
    }

    @Test func `does not wait for the endless body of a redirect`() async throws {
        let server = try TestServer { request in
            guard request.path == "/old" else { return .page("lamp") }
            let head = TestAnswer.head(302, [("Location", "/new")])
            return TestAnswer(steps: [.send(head), .forever([UInt8](repeating: 0x20, count: 10_000))])
        }
        #expect(try await fetcher.get("\(server.url)/old").text == "lamp")
    }
}
