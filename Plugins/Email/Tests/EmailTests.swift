import Model
import PluginAPI
import TestSupport
import Testing

@testable import EmailPlugin

@Suite struct EmailTests {
    private func mail(for message: Message, to: String = "me@example.org") async throws -> Mail {
        let server = RecordingMail()
        try await Email(PluginSetup(of: Email.self, ["to": to], mail: server)).send(message)
        return try #require(server.mails.first)
    }

    @Test(arguments: [
        ("target-price", SampleMessage.targetPrice),
        ("test", SampleMessage.test),
        ("failing", SampleMessage.failing),
        ("recovered", SampleMessage.recovered),
        ("digest", SampleMessage.digest),
        (
            "digest-empty",
            SampleMessage.digest(
                items: [],
                subject: "Price report – 23 November 2026: no products",
                lines: ["There is nothing to report: no product is watched, or all are paused."]
            )
        ),
        (
            "bare",
            SampleMessage.targetPrice(link: nil, image: nil, previous: nil, target: nil)
        ),
    ])
    func `a message becomes the mail that was reviewed`(name: String, message: Message) async throws {
        let mail = try await mail(for: message)
        let html = try #require(mail.html)
        let htmlDifference = try GoldenFile("\(name).html").difference(from: html)
        #expect(htmlDifference == nil)
        let txtDifference = try GoldenFile("\(name).txt").difference(from: mail.text)
        #expect(txtDifference == nil)
    }

    @Test func `the mail goes to every address, with the message's key and date`() async throws {
        let message = SampleMessage.targetPrice
        let mail = try await mail(for: message, to: "me@example.org, you@Example.ORG")
        #expect(mail.to == ["me@example.org", "you@example.org"])
        #expect(mail.subject == message.subject)
        #expect(mail.idempotencyKey == message.idempotencyKey)
        #expect(mail.date == message.created)
    }

    @Test func `the subject is one line, however the product is called`() async throws {
        let subject = "Lamp\r\nBcc: all@example.org\u{202e}\tis down"
        let mail = try await mail(for: SampleMessage.targetPrice(subject: subject))
        #expect(mail.subject == "Lamp Bcc: all@example.org is down")
        let long = try await self.mail(for: SampleMessage.targetPrice(subject: String(repeating: "lamp ", count: 100)))
        #expect(long.subject.count == 200)
    }

    @Test func `what shops write is shown as text and cannot become markup`() async throws {
        let evil = "<script>alert(\"1\")</script> & 'x' \u{0}\u{202e}"
        let message = SampleMessage.targetPrice(
            subject: evil,
            title: evil,
            lines: [evil],
            image: "https://lamps.example/\"onerror=\"x",
            evidence: evil
        )
        let html = try #require(try await mail(for: message).html)
        #expect(!html.contains("<script"))
        #expect(!html.contains("\"onerror"))
        #expect(!html.unicodeScalars.contains("\u{202e}") && !html.unicodeScalars.contains("\u{0}"))
        #expect(html.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;"))
    }

    @Test(arguments: ["javascript:alert(1)", "data:text/html,x", "//lamps.example/arc", "file:///etc/passwd"])
    func `only http and https addresses become links or pictures`(address: String) async throws {
        let html = try #require(
            try await mail(for: SampleMessage.targetPrice(link: address, url: address, image: address)).html
        )
        #expect(!html.contains("href="))
        #expect(!html.contains("<img"))
    }

    @Test(arguments: [
        (4900, 3900, "−20\u{a0}%"), (3900, 4900, "+26\u{a0}%"), (4900, 4890, nil), (0, 3900, nil), (1, 3900, nil),
        (4900, 0, nil), (1, .max, nil),
    ])
    func `the change is told in whole percent`(before: Int, now: Int, expected: String?) throws {
        let message = SampleMessage.targetPrice(
            price: SampleMessage.euros(now),
            previous: SampleMessage.euros(before)
        )
        #expect(try #require(message.product).change == expected)
    }

    @Test func `prices in two currencies are not compared`() throws {
        let message = SampleMessage.targetPrice(previous: SampleMessage.money(4900, "USD"))
        #expect(try #require(message.product).change == nil)
    }

    @Test func `what the mail server says passes through`() async throws {
        let server = RecordingMail { _ in throw NotNow("The mail server is busy.", retryAfter: .seconds(60)) }
        let email = try Email(PluginSetup(of: Email.self, ["to": "me@example.org"], mail: server))
        await #expect(throws: NotNow("The mail server is busy.", retryAfter: .seconds(60))) {
            try await email.send(SampleMessage.test)
        }
    }
}
