import Fetch
import Model
import PluginAPI
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct PoliteExchangeTests {
    @Test func `asks a host no more than its concurrency at once, and other hosts meanwhile`() async throws {
        let gate = Gate()
        let server = try TestServer { request in
            request["Host"]?.hasPrefix("busy") == true
                ? TestAnswer(steps: [.wait(gate)] + TestAnswer.page(request.target).steps, keepsOpen: true)
                : .page(request.target)
        }
        let fetcher = Fetcher {
            $0.hostConcurrency = 1
            // The one that hangs must not be given up, however busy this machine is.
            $0.totalTimeout = .seconds(600)
            $0.allowPrivateHosts = ["busy.localhost", "calm.localhost"]
        }
        let busy = Task {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<5 {
                    group.addTask { _ = try await fetcher.get("http://busy.localhost:\(server.port)/\(number)") }
                }
                try await group.waitForAll()
            }
        }
        _ = await server.requests(1)
        for number in 0..<10 { _ = try await fetcher.get("http://calm.localhost:\(server.port)/\(number)") }
        let busyBefore = server.requests.count { $0["Host"]?.hasPrefix("busy") == true }
        #expect(busyBefore == 1)
        gate.open()
        try await busy.value
        #expect(server.requests.count == 15)
    }

    @Test func `the operator's door does not wait`() async throws {
        let server = try TestServer { request in
            request.path == "/slow" ? TestAnswer(steps: [.hang]) : .page("now")
        }
        let fetcher = Fetcher {
            $0.hostConcurrency = 1
            $0.hostPause = .seconds(3600)
        }
        let slow = Task { try await fetcher.get("\(server.url)/slow") }
        _ = await server.requests(1)
        let request = HTTPRequest(url: server.url)
        #expect(try await fetcher.exchange(request, through: .operator).text == "now")
        slow.cancel()
    }

    @Test func `waits out the pause between two starts at a host`() async throws {
        let server = try TestServer { _ in .page("") }
        let fetcher = Fetcher { $0.hostPause = .milliseconds(200) }
        let clock = ContinuousClock()
        let start = clock.now
        for _ in 0..<3 { _ = try await fetcher.get(server.url) }
        // No upper bound: a busy machine may take longer, but never less.
        #expect(clock.now - start >= .milliseconds(400))
    }

    @Test func `a waiting exchange can be given up, and those behind it go on`() async throws {
        let gate = Gate()
        let server = try TestServer { request in
            request.path == "/first"
                ? TestAnswer(steps: [.wait(gate)] + TestAnswer.page("first").steps) : .page(request.path)
        }
        let fetcher = Fetcher { $0.hostConcurrency = 1 }
        let first = Task { try await fetcher.get("\(server.url)/first") }
        _ = await server.requests(1)
        let second = Task { try await fetcher.get("\(server.url)/second") }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        let third = Task { try await fetcher.get("\(server.url)/third") }
        gate.open()
        #expect(try await first.value.text == "first")
        #expect(try await third.value.text == "/third")
        #expect(server.requests.map(\.path) == ["/first", "/third"])
    }

    @Test func `an exchange that is given up leaves its place to the next one`() async throws {
        let server = try TestServer { $0.path == "/first" ? TestAnswer(steps: [.hang]) : .page($0.path) }
        let fetcher = Fetcher { $0.hostConcurrency = 1 }
        let first = Task { try await fetcher.get("\(server.url)/first") }
        _ = await server.requests(1)
        first.cancel()
        #expect(try await fetcher.get("\(server.url)/second").text == "/second")
    }

    @Test func `a redirect to another host waits for its turn there`() async throws {
        let gate = Gate()
        let server = try TestServer { request in
            let port = request["Host"]?.split(separator: ":").last ?? ""
            switch request.path {
            case "/go": return .redirect(to: "http://busy.localhost:\(port)/second")
            case "/first": return TestAnswer(steps: [.wait(gate)] + TestAnswer.page("first").steps)
            default: return .page(request.path)
            }
        }
        let fetcher = Fetcher {
            $0.hostConcurrency = 1
            $0.allowPrivateHosts = ["busy.localhost", "calm.localhost"]
        }
        let first = Task { try await fetcher.get("http://busy.localhost:\(server.port)/first") }
        _ = await server.requests(1)
        let second = Task { try await fetcher.get("http://calm.localhost:\(server.port)/go") }
        _ = await server.requests(2)
        // The redirect has given its place at the calm host back.
        #expect(try await fetcher.get("http://calm.localhost:\(server.port)/third").text == "/third")
        #expect(server.requests.map(\.path) == ["/first", "/go", "/third"])
        gate.open()
        #expect(try await first.value.text == "first")
        #expect(try await second.value.text == "/second")
    }
}
