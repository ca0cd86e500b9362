import Model
import PluginAPI
import TestSupport
import Testing

@testable import TelegramPlugin

struct TelegramTests {
    private func request(for message: Message) async throws -> HTTPRequest {
        let service = RecordingExchange(status: 200)
        try await Telegram(PluginSetup(of: Telegram.self, ["token": "1:x", "chat": "@lamps"], exchange: service)).send(
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
        #expect(request.url == "https://api.telegram.org/bot1:x/sendMessage")
        let body = try CanonicalJSON.text(String(decoding: request.body, as: UTF8.self)) + "\n"
        let difference = try GoldenFile("\(name).json").difference(from: body)
        #expect(difference == nil)
    }

    @Test(arguments: ["12a", "@", "@a-b", "--1", "-", "1234567890123456789"])
    func `a chat that is none is refused beside its field`(chat: String) throws {
        let values = ["token": "1:x", "chat": chat]
        let error = #expect(throws: SetupError.self) { try Telegram(PluginSetup(of: Telegram.self, values)) }
        #expect(error?.key == "chat")
    }

    @Test func `a text of exactly the length that Telegram takes is sent whole`() async throws {
        let service = FakeService.telegram(token: "1:x", chat: "1")
        let values = ["token": "1:x", "chat": "1", "server": "https://telegram.example.org"]
        let telegram = try Telegram(PluginSetup(of: Telegram.self, values, exchange: service.exchange))
        for count in 4000...4100 {
            let line = String(repeating: "😀", count: count / 2) + (count % 2 == 1 ? "<" : "")
            try await telegram.send(SampleMessage.targetPrice(subject: "A", lines: [line], link: nil))
        }
        #expect(service.refusals == [])
        #expect(service.shown.contains { $0.text.utf16.count > 4080 })
    }
}
