import Fetch
import Model
import PluginAPI
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct LimitTests {
    private static let quick = Duration.milliseconds(300)
    /// Long enough for a busy machine to reach the phase that a test is about.
    private static let patient = Duration.seconds(3)
    private static let brokenGzip =
        TestAnswer.head(200, [("Content-Encoding", "gzip"), ("Content-Length", "3")]) + [1, 2, 3]

    private static func endless(head: [UInt8], repeated: [UInt8]) -> TestAnswer {
        TestAnswer(steps: [.send(head), .forever(repeated)])
    }

    @Test func `stops a body at the limit, whatever length it claims`() async throws {
        let server = try TestServer { request in
            switch request.path {
            case "/fits": .response(body: [UInt8](repeating: 0x61, count: 100_000))
            case "/claims": TestAnswer(steps: [.send(TestAnswer.head(200, [("Content-Length", "100001")])), .hang])
            default: Self.endless(head: TestAnswer.head(200, []), repeated: [UInt8](repeating: 0x61, count: 5000))
            }
        }
        let fetcher = Fetcher { $0.maximumBytes = 100_000 }
        #expect(try await fetcher.get("\(server.url)/fits").body.count == 100_000)
        #expect(await fetcher.failure("\(server.url)/claims") == .tooLarge(limit: 100_000))
        #expect(await fetcher.failure("\(server.url)/endless") == .tooLarge(limit: 100_000))
        await server.abandoned(2)
    }

    @Test func `stops an endless gzip bomb at the decoded limit`() async throws {
        // A gzip head, a block with fixed codes, and then eight times “the last byte 258 times” in 13 bytes.
        let start = bytes("1f8b08000000000000033a71e2c48913")
        let repeated = bytes("a360148c8251300a46c1281805")
        let server = try TestServer { _ in
            let head = TestAnswer.head(200, [("Content-Encoding", "gzip")])
            return Self.endless(head: head + start, repeated: Array(repeatElement(repeated, count: 500).joined()))
        }
        #expect(await Fetcher().failure(server.url) == .tooLarge(limit: 10_000_000))
    }

    @Test func `stops endless headers`() async throws {
        let server = try TestServer { _ in
            let line = Array("HTTP/1.1 100 Continue\r\nX: \(String(repeating: "y", count: 1000))\r\n\r\n".utf8)
            return TestAnswer(steps: [.forever(line)])
        }
        let sentence = "127.0.0.1:\(server.port) sent more than 256 kB of headers."
        #expect(await Fetcher().failure(server.url) == .refused(sentence))
    }

    @Test func `gives up on a server that does not begin to answer`() async throws {
        let server = try TestServer { _ in TestAnswer(steps: [.hang]) }
        let error = await Fetcher { $0.totalTimeout = Self.patient }.failure(server.url)
        let sentence =
            "127.0.0.1:\(server.port) accepted the request but did not begin to answer within 3 s. Try again later, "
            + "or raise fetch.timeoutSeconds."
        #expect(error == .timeout(sentence))
        await server.abandoned(1)
    }

    @Test func `gives up on a server that does not encrypt`() async throws {
        // It waits for the end of a request that never begins.
        let server = try TestServer { _ in .response() }
        let error = await Fetcher { $0.connectTimeout = Self.quick }.failure("https://localhost:\(server.port)/")
        let sentence =
            "localhost:\(server.port) did not complete an encrypted connection within 300 ms. It may be down, a firewall "
            + "may drop what is sent to it, or it does not encrypt on this port; try again later."
        #expect(error == .timeout(sentence))
    }

    @Test func `gives up on a server that does not end its answer`() async throws {
        let server = try TestServer { _ in
            TestAnswer(steps: [.send(TestAnswer.head(200, [("Content-Length", "9")]) + [1]), .hang])
        }
        let error = await Fetcher { $0.totalTimeout = Self.patient }.failure(server.url)
        let sentence =
            "127.0.0.1:\(server.port) did not send its whole answer within 3 s. Try again later, or raise "
            + "fetch.timeoutSeconds."
        #expect(error == .timeout(sentence))
    }

    @Test func `the time limit holds for all redirects together`() async throws {
        let server = try TestServer { request in
            request.path == "/end" ? TestAnswer(steps: [.hang]) : .redirect(to: "/end")
        }
        guard case .timeout = await Fetcher({ $0.totalTimeout = Self.quick }).failure(server.url) else {
            Issue.record("the error is no timeout")
            return
        }
    }

    @Test func `names a port that nobody listens on`() async throws {
        let server = try TestServer { _ in .response() }
        server.close()
        let error = await Fetcher().failure(server.url)
        let sentence =
            "127.0.0.1:\(server.port) refused the connection: nobody listens on port \(server.port). Check the "
            + "address, or try again when the server is back."
        #expect(error == .unreachable(sentence))
    }

    @Test func `names a host that does not exist`() async {
        let error = await Fetcher().failure("http://no-such-shop.invalid/")
        let sentence =
            "no-such-shop.invalid was not found: the name does not resolve. Check it for typing mistakes, and the name "
            + "servers of this machine."
        #expect(error == .unreachable(sentence))
    }

    @Test(arguments: [
        (TestAnswer(steps: []), "closed the connection without an answer. Try again later."),
        (TestAnswer(steps: [.reset]), "broke the connection off before the whole answer was here. Try again later."),
        (
            TestAnswer(steps: [.send(TestAnswer.head(200, [("Content-Length", "5")]) + [1, 2])]),
            "broke the connection off before the whole answer was here. Try again later."
        ),
        (
            TestAnswer(steps: [.send(Array("SSH-2.0-OpenSSH_9.2\r\n".utf8))]),
            "answered with something that is not HTTP. Check the port in the address."
        ),
        (
            TestAnswer(steps: [.send(brokenGzip)]),
            "sent an answer that cannot be unpacked: Error while processing content unencoding: incorrect header "
                + "check. Its owner has to repair that."
        ),
    ])
    func `says how an answer was broken`(answer: TestAnswer, rest: String) async throws {
        let server = try TestServer { _ in answer }
        #expect(await Fetcher().failure(server.url) == .unreachable("127.0.0.1:\(server.port) \(rest)"))
    }

    @Test func `cancelling the task aborts the transfer`() async throws {
        let server = try TestServer { _ in TestAnswer(steps: [.send(TestAnswer.head(200, [])), .hang]) }
        let fetcher = Fetcher()
        let task = Task { try await fetcher.get(server.url) }
        _ = await server.requests(1)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await server.abandoned(1)
    }

    @Test func `a task that is cancelled before it starts asks nobody`() async throws {
        let server = try TestServer { _ in .response() }
        let fetcher = Fetcher()
        let gate = AsyncStream<Void>.makeStream()
        let task = Task {
            for await _ in gate.stream {}
            return try await fetcher.get(server.url)
        }
        task.cancel()
        gate.continuation.finish()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(server.connectionCount == 0)
    }

    @Test func `closing ends what runs and what waits, and everything later`() async throws {
        let server = try TestServer { _ in TestAnswer(steps: [.hang]) }
        let fetcher = Fetcher { $0.hostConcurrency = 1 }
        let tasks = (0..<3).map { _ in Task { try await fetcher.get(server.url) } }
        _ = await server.requests(1)
        await fetcher.close()
        await fetcher.close()
        for task in tasks { await #expect(throws: CancellationError.self) { try await task.value } }
        await #expect(throws: CancellationError.self) { try await fetcher.get(server.url) }
        await server.abandoned(1)
        #expect(server.requests.count == 1)
    }
}
