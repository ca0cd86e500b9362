import Model
import PluginAPI
import TestSupport
import Testing

@testable import WebhookPlugin

@Suite struct WebhookTests {
    private let address = "https://hooks.example.org/prices/k3y-in-path"

    private func webhook(_ receiver: RecordingExchange, secret: String = "") throws -> Webhook {
        try Webhook(PluginSetup(of: Webhook.self, ["url": address, "secret": secret], exchange: receiver))
    }

    private func request(for message: Message, secret: String = "") async throws -> HTTPRequest {
        let receiver = RecordingExchange(status: 204)
        try await webhook(receiver, secret: secret).send(message)
        return try #require(receiver.requests.first)
    }

    @Test(arguments: [
        ("target-price", SampleMessage.targetPrice),
        ("test", SampleMessage.test),
        ("failing", SampleMessage.failing),
        ("recovered", SampleMessage.recovered),
        ("digest", SampleMessage.digest),
        ("bare", SampleMessage.targetPrice(link: nil, image: nil, previous: nil, target: nil)),
    ])
    func `a message becomes the JSON that is documented`(name: String, message: Message) async throws {
        let request = try await request(for: message)
        #expect(request.method == .post)
        #expect(request.url == address)
        #expect(request.headers["Content-Type"] == "application/json")
        let json = String(decoding: request.body, as: UTF8.self) + "\n"
        let jsonDifference = try GoldenFile("\(name).json").difference(from: json)
        #expect(jsonDifference == nil)
    }

    @Test func `the example in the README is what is sent`() async throws {
        let readme = try TextFile.read(TextFile.path("../README.md", besides: #filePath))
        let json = String(decoding: try await request(for: SampleMessage.targetPrice).body, as: UTF8.self)
        let shown = try #require(CodeBlock.all(in: readme).first { $0.language == "json" })
        #expect(try CanonicalJSON.text(shown.text) == CanonicalJSON.text(json))
    }

    @Test func `the headers carry the message's key and the time of the attempt`() async throws {
        var message = SampleMessage.targetPrice
        #expect(try await request(for: message).headers["webhook-timestamp"] == "1795453233")
        message.attempted = message.created + .hours(2)
        let request = try await request(for: message)
        #expect(request.headers["webhook-id"] == "01k2v3w4x5y6z7a8b9c0d1e2f3_2_01k2v3w4x5y6z7a8b9c0d1e2f5")
        #expect(request.headers["webhook-timestamp"] == "1795460433")
        #expect(request.headers["webhook-signature"] == nil)
    }

    @Test func `a later attempt sends the same body`() async throws {
        var message = SampleMessage.targetPrice
        let first = try await request(for: message)
        message.attempted = message.created + .hours(2)
        #expect(try await request(for: message).body == first.body)
    }

    @Test func `with a secret, what is sent is what was signed`() async throws {
        let signed = Recorder<[UInt8]>()
        let receiver = RecordingExchange(status: 200)
        let setup = try PluginSetup(
            of: Webhook.self,
            ["url": address, "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
            exchange: receiver,
            sign: { message, _ in
                signed.record(message)
                return Array("signature".utf8)
            }
        )
        try await Webhook(setup).send(SampleMessage.targetPrice)
        let request = try #require(receiver.requests.first)
        let id = try #require(request.headers["webhook-id"])
        let seconds = try #require(request.headers["webhook-timestamp"])
        #expect(signed.values == [Array("\(id).\(seconds).".utf8) + request.body])
        #expect(request.headers["webhook-signature"] == "v1,c2lnbmF0dXJl")
    }

    @Test func `the receiver's door being shut for our policy is final, being away is not`() async throws {
        let refused = RecordingExchange { _ in throw ExchangeError.refused("hooks.example.org is a private address.") }
        await #expect(throws: Refused("hooks.example.org is a private address.")) {
            try await webhook(refused).send(SampleMessage.test)
        }
        let away = RecordingExchange { _ in throw ExchangeError.unreachable("Nobody listens at hooks.example.org.") }
        await #expect(throws: NotNow("Nobody listens at hooks.example.org.")) {
            try await webhook(away).send(SampleMessage.test)
        }
    }

    @Test(arguments: [
        ("hooks.example.org/prices", "url must be an http or https address such as https://hooks.example.org/prices."),
        ("ftp://hooks.example.org/", "url must be an http or https address such as https://hooks.example.org/prices."),
        ("https://me:pw@example.org/", "url must not hold a user name or password; the secret says who sends."),
    ])
    func `an address it cannot post to is refused`(address: String, expected: String) throws {
        let error = #expect(throws: SetupError.self) {
            try Webhook(PluginSetup(of: Webhook.self, ["url": address]))
        }
        #expect(error?.description == expected)
    }
}
