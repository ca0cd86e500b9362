import Hummingbird
import Model
import Monitoring
import TestSupport
import Testing

@testable import Web

/// What keeps one client from taking everything.
@Suite(.timeLimit(.minutes(20)))
struct LimitTests {
    /// Lends a server that listens, with its port.
    private func serve(_ limits: WebLimits, _ body: @Sendable (Int) async throws -> Void) async throws {
        var settings = WebSettings(port: 0)
        settings.limits = limits
        try await Installation.with(settings) { installation in
            let server = try installation.server()
            let (ports, report) = AsyncStream.makeStream(of: Int.self)
            try await withThrowingTaskGroup { group in
                group.addTask { try await server.application { report.yield($0) }.run() }
                for await port in ports {
                    try await body(port)
                    break
                }
                group.cancelAll()
                // Cancelled, as it was asked to be.
                try? await group.waitForAll()
            }
        }
    }

    @Test func `more requests at once than allowed are refused at once, and told when to come back`() async throws {
        var limits = WebLimits()
        limits.requests = 1
        let limited = LimitedRequests(limits: limits)
        let (inside, entered) = AsyncStream.makeStream(of: Void.self)
        let (opened, open) = AsyncStream.makeStream(of: Void.self)
        let request = Request(
            head: HTTPRequest(method: .get, scheme: "http", authority: "a.test", path: "/"),
            body: RequestBody(buffer: ByteBuffer())
        )
        let context = WebContext(peer: nil, logger: .quiet)
        try await withThrowingTaskGroup(of: Int.self) { (group: inout ThrowingTaskGroup<Int, any Error>) async throws in
            group.addTask {
                try await limited.handle(request, context: context) { _, _ in
                    entered.yield()
                    for await _ in opened { break }
                    return Response(status: .ok)
                }.status.code
            }
            for await _ in inside { break }
            await #expect(throws: TooBusy.self) {
                try await limited.handle(request, context: context) { _, _ in Response(status: .ok) }
            }
            open.yield()
            #expect(try await group.next() == 200)
        }
        // There is room again.
        #expect(try await limited.handle(request, context: context) { _, _ in Response(status: .ok) }.status == .ok)
        let failure = Failure(TooBusy(), notes: RequestNotes())
        #expect(failure.status == 503)
        #expect(failure.response[.retryAfterField] == "1")
    }

    @Test func `a connection on which no whole request comes is closed`() async throws {
        var limits = WebLimits()
        limits.idle = .milliseconds(200)
        try await serve(limits) { port in
            let answer = try await RawConnection.send("GET / HTTP/1.1\r\nHost: a.test\r\nX-Slow: ", to: port)
            #expect(answer.isEmpty)
        }
    }

    @Test func `headers that are too long or too many are refused`() async throws {
        try await serve(WebLimits()) { port in
            let long = "X-Long: \(String(repeating: "a", count: 40_000))\r\n"
            let many = (0..<200).map { "X-\($0): a\r\n" }.joined()
            for headers in [long, many] {
                let answer = try await RawConnection.send("GET / HTTP/1.1\r\nHost: a.test\r\n\(headers)\r\n", to: port)
                #expect(!answer.hasPrefix("HTTP/1.1 200") && !answer.hasPrefix("HTTP/1.1 303"))
            }
        }
    }

    @Test func `a body that is too long is refused`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let long = String(repeating: "a", count: 1_100_000)
            let answer = try await browser.post("/products/previews", ["address": long])
            #expect(answer.status == 413)
            #expect(answer.words.contains("longer than is allowed"))
        }
    }

    @Test func `work that takes too long is cancelled and given up`() async throws {
        await #expect(throws: TooSlow.self) {
            try await withDeadline(.milliseconds(1), orThrow: TooSlow()) { try await Task.sleep(for: .seconds(3600)) }
        }
        #expect(try await withDeadline(.seconds(60), orThrow: TooSlow()) { 5 } == 5)
        #expect(Failure(TooSlow(), notes: RequestNotes()).status == 503)
        #expect(Failure(TooSlowBody(), notes: RequestNotes()).status == 408)
    }
}
