import Model
import PluginAPI
import TestSupport
import Testing

@testable import NtfyPlugin

struct NtfyTests {
    private func request(for message: Message) async throws -> HTTPRequest {
        let service = RecordingExchange(status: 200)
        try await Ntfy(PluginSetup(of: Ntfy.self, ["topic": "prices", "token": "tk_x"], exchange: service)).send(
            message
        )
        return try #require(service.requests.first)
    }

    @Test(arguments: [
        ("target-price", SampleMessage.targetPrice),
        ("failing", SampleMessage.failing),
        ("bare", SampleMessage.targetPrice(link: nil, image: nil, previous: nil, target: nil)),
    ])
    func `a message becomes the request that was reviewed`(name: String, message: Message) async throws {
        let request = try await request(for: message)
        #expect(request.method == .post)
        #expect(request.url == "https://ntfy.sh/")
        let body = try CanonicalJSON.text(String(decoding: request.body, as: UTF8.self)) + "\n"
        let difference = try GoldenFile("\(name).json").difference(from: body)
        #expect(difference == nil)
    }

    @Test func `the token is sent as ntfy wants it, and nothing is where there is none`() async throws {
        #expect(try await request(for: SampleMessage.test).headers["Authorization"] == "Bearer tk_x")
        let service = RecordingExchange(status: 200)
        try await Ntfy(PluginSetup(of: Ntfy.self, ["topic": "prices"], exchange: service)).send(SampleMessage.test)
        #expect(service.requests.first?.headers["Authorization"] == nil)
    }

    @Test(arguments: ["a b", "a/b", "ä", "", String(repeating: "a", count: 65)])
    func `a topic that ntfy has not is refused beside its field`(topic: String) throws {
        let error = #expect(throws: SetupError.self) { try Ntfy(PluginSetup(of: Ntfy.self, ["topic": topic])) }
        #expect(error?.key == "topic")
    }

    @Test func `a server below a path is asked there`() async throws {
        let service = RecordingExchange(status: 200)
        let values = ["topic": "prices", "server": "https://home.example.org/ntfy/"]
        try await Ntfy(PluginSetup(of: Ntfy.self, values, exchange: service)).send(SampleMessage.test)
        #expect(service.requests.first?.url == "https://home.example.org/ntfy/")
    }
}
