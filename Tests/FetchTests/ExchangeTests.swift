import Fetch
import Model
import PluginAPI
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct ExchangeTests {
    private let fetcher = Fetcher()

    @Test func `gets a page with its status, headers, body and address`() async throws {
        let server = try TestServer { _ in .page("<p>39,00 €</p>", headers: [("ETag", "\"a\""), ("X-Empty", "")]) }
        let answer = try await fetcher.get("\(server.url)/lamp?color=red#top")
        #expect(answer.status == 200)
        #expect(answer.text == "<p>39,00 €</p>")
        #expect(answer.headers["etag"] == "\"a\"")
        #expect(answer.headers["X-Empty"] == "")
        #expect(answer.url == "\(server.url)/lamp?color=red")
        #expect(server.requests.map(\.target) == ["/lamp?color=red"])
    }

    /// The server may have done it already; a kept connection that dies at once tells nobody.
    @Test(arguments: [HTTPRequest.Method.post, .patch])
    func `sends what must not come twice once, though its connection ends without an answer`(
        method: HTTPRequest.Method
    ) async throws {
        let server = try TestServer { $0.method == "GET" ? .response() : TestAnswer(steps: []) }
        _ = try await fetcher.get(server.url)
        let request = HTTPRequest(method: method, url: server.url, body: Array("{}".utf8))
        await #expect(throws: ExchangeError.self) { try await fetcher.exchange(request, through: .operator) }
        #expect(server.requests.map(\.method) == ["GET", method.rawValue])
    }

    @Test func `sends headers character for character, and its own only where the caller has none`() async throws {
        let server = try TestServer { _ in .response() }
        var headers: HTTPHeaders = ["X-Signature-256": "sha256=aB+/=, \"q\"", "ACCEPT": "application/json"]
        headers.append("x-empty", "")
        headers.append("X-Twice", "1")
        headers.append("X-Twice", "2")
        headers.append("Content-Length", "99")
        _ = try await fetcher.get("\(server.url)/", headers: headers)
        let lines = try #require(server.requests.first).headerLines
        #expect(
            lines == [
                "Host: 127.0.0.1:\(server.port)", "Accept-Encoding: gzip, deflate, br, zstd",
                "User-Agent: \(FetchSettings.standardUserAgent)", "Accept-Language: en,*;q=0.5",
                "X-Signature-256: sha256=aB+/=, \"q\"", "ACCEPT: application/json", "x-empty:", "X-Twice: 1",
                "X-Twice: 2",
            ]
        )
    }

    @Test(arguments: [
        HTTPHeaders([.init(name: "X", value: "a\r\nHost: other.example")]),
        HTTPHeaders([.init(name: "X", value: "a\n b")]),
        HTTPHeaders([.init(name: "X", value: "a\0b")]), HTTPHeaders([.init(name: "X: y\r\nZ", value: "a")]),
        HTTPHeaders([.init(name: "", value: "a")]), HTTPHeaders([.init(name: "ä", value: "a")]),
    ])
    func `refuses headers that would not stay one line`(headers: HTTPHeaders) async throws {
        let server = try TestServer { _ in .response() }
        await #expect(throws: ExchangeError.self) { try await fetcher.get(server.url, headers: headers) }
        #expect(server.connectionCount == 0)
    }

    @Test(arguments: [HTTPRequest.Method.post, .put, .patch, .delete, .get])
    func `sends a body with its length and without a type of its own`(method: HTTPRequest.Method) async throws {
        let server = try TestServer { .response(201, body: $0.body) }
        let body = Array("{\"price\":\"39,00 €\\u0000\"}".utf8) + [0, 1, 255]
        let request = HTTPRequest(method: method, url: server.url, body: body)
        let answer = try await fetcher.exchange(request, through: .guarded)
        #expect(answer.status == 201)
        #expect(answer.body == body)
        let sent = try #require(server.requests.first)
        #expect(sent.method == method.rawValue)
        // Who is sent a message is not asked for a page.
        #expect((sent["Accept"] == "*/*" && sent["Accept-Language"] == nil) == (method != .get))
        #expect(sent["Content-Length"] == "\(body.count)")
        #expect(sent["Content-Type"] == nil)
        #expect(sent["Expect"] == nil)
    }

    @Test(arguments: [HTTPRequest.Method.post, .put, .patch])
    func `sends an empty body as one of length zero`(method: HTTPRequest.Method) async throws {
        let server = try TestServer { _ in .response() }
        _ = try await fetcher.exchange(HTTPRequest(method: method, url: server.url), through: .guarded)
        #expect(server.requests.first?.method == method.rawValue)
        #expect(server.requests.first?["Content-Length"] == "0")
    }

    @Test func `a request after another one starts from nothing`() async throws {
        let server = try TestServer { _ in .response(headers: [("Set-Cookie", "a=1; Path=/")]) }
        let first = HTTPRequest(method: .put, url: server.url, headers: ["X-Secret": "1"], body: [1])
        _ = try await fetcher.exchange(first, through: .guarded)
        _ = try await fetcher.get(server.url)
        let second = try #require(server.requests.last)
        #expect(second.method == "GET")
        #expect(second.body.isEmpty)
        #expect(second["X-Secret"] == nil)
        #expect(second["Cookie"] == nil)
        #expect(second.connection == 1)
    }

    @Test func `asks conditionally and gives back 304 with its headers`() async throws {
        let server = try TestServer { request in
            request["If-None-Match"] == "\"v1\"" ? .response(304, headers: [("ETag", "\"v1\"")]) : .page("new")
        }
        let answer = try await fetcher.get(server.url, headers: ["If-None-Match": "\"v1\""])
        #expect(answer.status == 304)
        #expect(answer.body.isEmpty)
        #expect(answer.headers["ETag"] == "\"v1\"")
        #expect(try await fetcher.get(server.url).text == "new")
    }

    @Test(arguments: [
        (
            "gzip",
            "1f8b0800000000000203b329b0735448492dce56c849cc2dd05148c4c15148cb2f5278d4b446c1d852cfc0c046bfc00e00179c6436"
                + "3a000000"
        ),
        ("deflate", "78dab329b0735448492dce56c849cc2dd05148c4c15148cb2f5278d4b446c1d852cfc0c046bfc00e0032091303"),
        (
            "br",
            "1b3900f02d0aec0679236da2bc88af7868415783c0f0842941d69e096213572c70ed92e3d3a6071145177ae49d06876c9efaf471c0"
                + "ba202a03"
        ),
        (
            "zstd",
            "28b52ffd243a55010034023c703e41206465736b206c616d702c206120666f7220e282ac2033392e30303c2f703e0100a19e4baa18"
                + "e510"
        ),
    ])
    func `unpacks`(encoding: String, hexadecimal: String) async throws {
        let server = try TestServer { _ in
            .response(headers: [("Content-Encoding", encoding)], body: bytes(hexadecimal))
        }
        let answer = try await fetcher.get(server.url)
        #expect(answer.text == "<p>A desk lamp, a desk lamp, a desk lamp for € 39.00</p>")
    }

    @Test func `joins chunks, and bodies that end with the connection`() async throws {
        let server = try TestServer { request in
            guard request.path == "/chunks" else {
                return TestAnswer(steps: [.send(TestAnswer.head(200, []) + Array("to the end".utf8))])
            }
            return .chunked([Array("one ".utf8), Array("two ".utf8), Array("three".utf8)])
        }
        #expect(try await fetcher.get("\(server.url)/chunks").text == "one two three")
        #expect(try await fetcher.get("\(server.url)/end").text == "to the end")
    }

    @Test func `reads header values in UTF-8, and in Latin-1 where they are not`() async throws {
        let server = try TestServer { _ in
            let head = Array("HTTP/1.1 200 OK\r\nX-New: grün\r\nX-Old: gr".utf8) + [0xfc]
            return TestAnswer(steps: [.send(head + Array("n\r\nContent-Length: 0\r\n\r\n".utf8))])
        }
        let answer = try await fetcher.get(server.url)
        #expect(answer.headers["X-New"] == "grün")
        #expect(answer.headers["X-Old"] == "grün")
    }

    @Test func `gives back the last header block, not those of interim answers`() async throws {
        let server = try TestServer { _ in
            let interim = Array("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n".utf8)
            return TestAnswer(steps: [.send(interim + TestAnswer.head(404, [("Content-Length", "0")]))])
        }
        let answer = try await fetcher.get(server.url)
        #expect(answer.status == 404)
        #expect(answer.headers.fields.map(\.name) == ["Content-Length"])
    }

    @Test func `performs many exchanges at once`() async throws {
        let server = try TestServer { .page($0.target) }
        let fetcher = Fetcher { $0.hostConcurrency = 20 }
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<200 { group.addTask { try await fetcher.get("\(server.url)/\(number)").text } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(texts == Set((0..<200).map { "/\($0)" }))
        #expect(server.connectionCount <= 20)
    }

    @Test func `finds a host with letters beyond ASCII`() async throws {
        let server = try TestServer { _ in .page("hut") }
        let fetcher = Fetcher { $0.allowPrivateHosts = ["hüte.localhost"] }
        #expect(try await fetcher.get("http://hüte.localhost:\(server.port)/").text == "hut")
        #expect(server.requests.first?["Host"] == "xn--hte-hoa.localhost:\(server.port)")
    }
}
