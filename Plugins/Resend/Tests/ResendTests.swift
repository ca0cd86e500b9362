import EmailPlugin
import Markup
import Model
import PluginAPI
import TestSupport
import Testing

@testable import ResendPlugin

struct ResendTests {
    private func request(for message: Message) async throws -> HTTPRequest {
        let service = RecordingExchange(status: 200)
        try await Resend(
            PluginSetup(
                of: Resend.self,
                ["key": "re_x", "from": "prices@example.org", "to": "me@example.org, you@example.org"],
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
        #expect(request.url == "https://api.resend.com/emails")
        let json = try #require(JSONParser.values(String(decoding: request.body, as: UTF8.self)).first)
        // Email's own tests have reviewed what the mail says.
        let mail = MailBody(message)
        #expect(json["text"]?.text == mail.text)
        #expect(json["html"]?.text == mail.html)
        let fields = json.members.filter { !["text", "html"].contains($0.key) }
        let shown = fields.map { "\($0.key): \($0.value.list.compactMap(\.text).joined(separator: ", "))\n" }.joined()
        let difference = try GoldenFile("\(name).txt").difference(from: shown)
        #expect(difference == nil)
    }

    @Test func `several recipients do not see each other`() async throws {
        let json = try #require(
            JSONParser.values(String(decoding: try await request(for: SampleMessage.test).body, as: UTF8.self)).first
        )
        #expect(json["to"]?.list.compactMap(\.text) == ["prices@example.org"])
        #expect(json["bcc"]?.list.compactMap(\.text) == ["me@example.org", "you@example.org"])
        let service = FakeService.resend(key: "re_x", domain: "example.org")
        let values = ["key": "re_x", "from": "prices@example.org", "to": "me@example.org, you@example.org"]
        try await Resend(PluginSetup(of: Resend.self, values, exchange: service.exchange)).send(SampleMessage.test)
        #expect(service.shown.count == 1)
    }

    @Test func `the pictures of a report travel with it`() async throws {
        let json = try #require(
            JSONParser.values(String(decoding: try await request(for: SampleMessage.digest).body, as: UTF8.self)).first
        )
        let pictures = MailBody(SampleMessage.digest).pictures
        #expect(pictures.count == 2)
        let sent = json["attachments"]?.list ?? []
        #expect(sent.map { $0["content_id"]?.text } == pictures.map(\.id))
        #expect(sent.map { $0["content"]?.text } == pictures.map(\.base64))
        #expect(sent.allSatisfy { $0["content_type"]?.text == "image/png" })
        let service = FakeService.resend(key: "re_x", domain: "example.org")
        let values = ["key": "re_x", "from": "prices@example.org", "to": "me@example.org"]
        try await Resend(PluginSetup(of: Resend.self, values, exchange: service.exchange)).send(SampleMessage.digest)
        #expect(service.shown.count == 1)
    }

    @Test func `the key of the message makes a second copy impossible`() async throws {
        let service = FakeService.resend(key: "re_x", domain: "example.org")
        let values = ["key": "re_x", "from": "prices@example.org", "to": "me@example.org"]
        let resend = try Resend(PluginSetup(of: Resend.self, values, exchange: service.exchange))
        try await resend.send(SampleMessage.targetPrice)
        try await resend.send(SampleMessage.targetPrice)
        // As after an update that words it otherwise: the first one has arrived, so this is delivered.
        try await resend.send(SampleMessage.targetPrice(subject: "Other words"))
        #expect(service.shown.count == 1)
        #expect(service.asked == 3)
    }

    @Test func `a mail that is still under way is asked for again later`() async throws {
        let body = "{\"statusCode\":409,\"name\":\"concurrent_idempotent_requests\",\"message\":\"In progress.\"}"
        let service = RecordingExchange(status: 409, body: body)
        let values = ["key": "re_x", "from": "prices@example.org", "to": "me@example.org"]
        let resend = try Resend(PluginSetup(of: Resend.self, values, exchange: service))
        await #expect(throws: NotNow.self) { try await resend.send(SampleMessage.test) }
    }

    @Test(arguments: [("from", "a@example.org, b@example.org"), ("from", "Prices <a@example.org>"), ("to", "me")])
    func `addresses that are none are refused beside their field`(key: String, value: String) throws {
        var values = ["key": "re_x", "from": "prices@example.org", "to": "me@example.org"]
        values[key] = value
        let error = #expect(throws: SetupError.self) { try Resend(PluginSetup(of: Resend.self, values)) }
        #expect(error?.key == key)
    }
}
