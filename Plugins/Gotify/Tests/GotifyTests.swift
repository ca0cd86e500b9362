import Model
import PluginAPI
import TestSupport
import Testing

@testable import GotifyPlugin

struct GotifyTests {
    private func request(for message: Message) async throws -> HTTPRequest {
        let service = RecordingExchange(status: 200)
        try await Gotify(
            PluginSetup(
                of: Gotify.self,
                ["server": "https://gotify.example.org/push", "token": "Amade.up-token_"],
                exchange: service
            )
        ).send(message)
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
        #expect(request.url == "https://gotify.example.org/push/message")
        let body = try CanonicalJSON.text(String(decoding: request.body, as: UTF8.self)) + "\n"
        let difference = try GoldenFile("\(name).json").difference(from: body)
        #expect(difference == nil)
    }

    @Test func `the token stands in the header`() async throws {
        #expect(try await request(for: SampleMessage.test).headers["X-Gotify-Key"] == "Amade.up-token_")
    }
}
