import Model
import PluginAPI
import TestSupport
import Testing

@testable import ApprisePlugin

struct AppriseTests {
    private func request(for message: Message) async throws -> HTTPRequest {
        let service = RecordingExchange(status: 200)
        try await Apprise(
            PluginSetup(of: Apprise.self, ["server": "https://apprise.example.org", "key": "home"], exchange: service)
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
        #expect(request.url == "https://apprise.example.org/notify/home")
        let body = try CanonicalJSON.text(String(decoding: request.body, as: UTF8.self)) + "\n"
        let difference = try GoldenFile("\(name).json").difference(from: body)
        #expect(difference == nil)
    }

    @Test(arguments: [204, 424])
    func `an answer that is no delivery is refused in words, without the key`(status: Int) async throws {
        let values = ["server": "https://apprise.example.org", "key": "home-key"]
        let service = RecordingExchange(status: status)
        let apprise = try Apprise(PluginSetup(of: Apprise.self, values, exchange: service))
        let error = await #expect(throws: Refused.self) { try await apprise.send(SampleMessage.test) }
        #expect(error?.description.contains("home-key") == false)
    }
}
