import Model
import PluginAPI
import TestSupport
import Testing

@testable import SlackPlugin

struct SlackTests {
    private func request(for message: Message) async throws -> HTTPRequest {
        let service = RecordingExchange(status: 200)
        try await Slack(
            PluginSetup(of: Slack.self, ["url": "https://hooks.slack.com/services/T0/B0/x"], exchange: service)
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
        #expect(request.url == "https://hooks.slack.com/services/T0/B0/x")
        let body = try CanonicalJSON.text(String(decoding: request.body, as: UTF8.self)) + "\n"
        let difference = try GoldenFile("\(name).json").difference(from: body)
        #expect(difference == nil)
    }

    @Test func `where Slack can’t load the picture, the message is posted without it`() async throws {
        let service = FakeService.slack(path: "/services/T0/B0/x")
        let values = ["url": "https://hooks.slack.com/services/T0/B0/x"]
        let slack = try Slack(PluginSetup(of: Slack.self, values, exchange: service.exchange))
        try await slack.send(SampleMessage.targetPrice(image: "https://lamps.example/lost.jpg"))
        #expect(service.refusals == ["400 invalid_blocks"])
        #expect(service.shown.count == 1)
        #expect(service.asked == 2)
    }
}
