import Model
import PluginAPI
import TestSupport
import Testing

@testable import PushoverPlugin

struct PushoverTests {
    private func request(for message: Message) async throws -> HTTPRequest {
        let service = RecordingExchange(status: 200)
        try await Pushover(
            PluginSetup(
                of: Pushover.self,
                ["user": "uMadeUpUserKeyOf30Characters01", "token": "aMadeUpTokenOfanApplication001"],
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
        #expect(request.url == "https://api.pushover.net/1/messages.json")
        let fields = String(decoding: request.body, as: UTF8.self).split(separator: "&")
        let body = try fields.map { try #require(FormText.decoded($0)) }.joined(separator: "\n") + "\n"
        let difference = try GoldenFile("\(name).txt").difference(from: body)
        #expect(difference == nil)
    }

    @Test func `an address that has no room is left out, whole`() async throws {
        let url = "https://lamps.example/\(String(repeating: "a", count: 600))"
        let message = SampleMessage.targetPrice(link: nil, url: url)
        let body = String(decoding: try await request(for: message).body, as: UTF8.self)
        #expect(!body.contains("url="))
    }

    @Test(arguments: ["", "u", "uMadeUpUserKeyOf30Characters-1"])
    func `a key that is none is refused beside its field`(key: String) throws {
        let values = ["user": key, "token": "aMadeUpTokenOfanApplication001"]
        let error = #expect(throws: SetupError.self) { try Pushover(PluginSetup(of: Pushover.self, values)) }
        #expect(error?.key == "user")
    }
}
