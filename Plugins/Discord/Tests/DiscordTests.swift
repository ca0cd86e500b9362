import Model
import PluginAPI
import TestSupport
import Testing

@testable import DiscordPlugin

struct DiscordTests {
    private func request(for message: Message) async throws -> HTTPRequest {
        let service = RecordingExchange(status: 200)
        try await Discord(
            PluginSetup(
                of: Discord.self,
                ["url": "https://discord.com/api/webhooks/1/x?thread_id=7"],
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
        #expect(request.url == "https://discord.com/api/webhooks/1/x?thread_id=7&wait=true")
        let body = try CanonicalJSON.text(String(decoding: request.body, as: UTF8.self)) + "\n"
        let difference = try GoldenFile("\(name).json").difference(from: body)
        #expect(difference == nil)
    }
}
