import Fetch
import Logging
import Model
import PluginAPI
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct MailSenderTests {
    private static func sender(
        _ sink: SMTPSink,
        scheme: String = "smtp",
        login: String = "",
        change: (inout MailSettings) -> Void = { _ in }
    ) throws -> MailSender {
        let url = "\(scheme)://\(login)127.0.0.1:\(sink.port)"
        var settings = try MailSettings(url: url, from: "Preis-Wächter <prices@example.net>")
        change(&settings)
        return MailSender(settings: settings, logger: quiet)
    }

    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private static let mail = Mail(
        to: ["me@example.org", "you@example.org"],
        subject: "Lampe für 39,00 € – unter deinem Ziel von 40,00 €, und das schon zum dritten Mal in diesem Monat",
        text: "Die Lampe kostet 39,00 €.\n.\n.. Punkte am Anfang\nEnde",
        html: "<p>Die Lampe kostet <b>39,00&nbsp;€</b>.</p>",
        idempotencyKey: "outbox-42.1",
        date: Timestamp(milliseconds: 1_795_453_233_000)
    )

    @Test func `a mail arrives as it was meant`() async throws {
        let sink = try await SMTPSink()
        try await Self.sender(sink).exchange(Self.mail)
        let received = try #require(try await sink.mails(1).first)
        #expect(received.from == "prices@example.net")
        #expect(received.to == ["me@example.org", "you@example.org"])
        let parsed = try await ParsedMail(received.message)
        #expect(parsed.subject == Self.mail.subject)
        #expect(parsed.messageID == "<outbox-42.1@example.net>")
        #expect(parsed.from == "Preis-Wächter <prices@example.net>")
        #expect(parsed.to == "prices@example.net")
        // Neither of the two sees the other: not in a header, and not in what is no header.
        #expect(!received.message.contains("@example.org"))
        #expect(parsed.date == "2026-11-23T17:00:33+00:00")
        #expect(parsed.text == Self.mail.text)
        #expect(parsed.html == "<p>Die Lampe kostet <b>39,00&nbsp;€</b>.</p>")
        #expect(parsed.defects == 0)
    }

    @Test func `pictures travel beside the HTML that shows them`() async throws {
        let sink = try await SMTPSink()
        let pictures = [1, 2].map { number in
            MailPicture(id: "course-\(number)@outbox-42.1", base64: String(repeating: "iVBORw0K", count: 40 * number))
        }
        var mail = Self.mail
        mail.html = "<img src=\"cid:course-1@outbox-42.1\"><img src=\"cid:course-2@outbox-42.1\">"
        mail.pictures = pictures
        try await Self.sender(sink).exchange(mail)
        let parsed = try await ParsedMail(try #require(try await sink.mails(1).first).message)
        #expect(
            parsed.types == [
                "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png", "image/png",
            ]
        )
        #expect(parsed.text == mail.text)
        #expect(parsed.html == mail.html)
        #expect(
            parsed.pictures
                == pictures.map { picture in
                    ParsedMail.Picture(
                        id: "<\(picture.id)>",
                        disposition: "inline",
                        filename: picture.filename,
                        base64: picture.base64
                    )
                }
        )
        #expect(parsed.defects == 0)
    }

    @Test func `encrypts where the server demands it`() async throws {
        var options = SMTPSink.Options()
        options.startTLS = .require
        let sink = try await SMTPSink(options)
        try await Self.sender(sink).exchange(Self.mail)
        #expect(try await sink.mails(1).first?.tls == true)
    }

    @Test func `checks the certificate against a file of trusted ones`() async throws {
        var options = SMTPSink.Options()
        options.startTLS = .offer
        let sink = try await SMTPSink(options)
        let other = try await SMTPSink(options)
        try await Self.sender(sink) { $0.trustedCertificates = sink.certificate }.exchange(Self.mail)
        #expect(try await sink.mails(1).first?.tls == true)
        let error = await #expect(throws: NotNow.self) {
            try await Self.sender(sink) { $0.trustedCertificates = other.certificate }.exchange(Self.mail)
        }
        #expect(error?.description.hasPrefix("The mail server 127.0.0.1 does not prove who it is: ") == true)
    }

    @Test func `signs in`() async throws {
        var options = SMTPSink.Options()
        options.login = "me@example.net:p w/€"
        options.startTLS = .require
        let sink = try await SMTPSink(options)
        try await Self.sender(sink, login: "me%40example.net:p%20w%2F%E2%82%AC@").exchange(Self.mail)
        #expect(try await sink.mails(1).first?.user == "me@example.net")
    }

    @Test func `speaks TLS from the start`() async throws {
        var options = SMTPSink.Options()
        options.isTLS = true
        let sink = try await SMTPSink(options)
        try await Self.sender(sink, scheme: "smtps").exchange(Self.mail)
        #expect(try await sink.mails(1).first?.to.count == 2)
    }

    @Test func `a wrong password is refused, and not printed`() async throws {
        var options = SMTPSink.Options()
        options.login = "me:right"
        let sink = try await SMTPSink(options)
        let error = await #expect(throws: Refused.self) {
            try await Self.sender(sink, login: "me:hunter2@").exchange(Self.mail)
        }
        let text = try #require(error).description
        #expect(text.hasPrefix("The mail server 127.0.0.1 does not accept the user name and password of smtp.url."))
        #expect(!text.contains("hunter2"))
    }

    @Test(arguments: [
        ("451 4.7.1 Greylisted, come back", "451 4.7.1 Greylisted, come back"), ("421 4.3.2 Going down", "421 4.3.2"),
    ])
    func `4xx is for later`(answer: String, part: String) async throws {
        var options = SMTPSink.Options()
        options.answer = answer
        let sink = try await SMTPSink(options)
        let error = await #expect(throws: NotNow.self) { try await Self.sender(sink).exchange(Self.mail) }
        #expect(error?.description.contains(part) == true)
    }

    @Test func `5xx is final`() async throws {
        var options = SMTPSink.Options()
        options.answer = "550 5.7.1 Spam"
        let sink = try await SMTPSink(options)
        let error = await #expect(throws: Refused.self) { try await Self.sender(sink).exchange(Self.mail) }
        #expect(error?.description == "The mail server 127.0.0.1 refused the mail: “550 5.7.1 Spam”")
    }

    @Test func `an unknown recipient is final, a busy mailbox is for later`() async throws {
        var options = SMTPSink.Options()
        options.recipientAnswer = "550 5.1.1 No such user"
        let unknown = try await SMTPSink(options)
        let refusal = await #expect(throws: Refused.self) { try await Self.sender(unknown).exchange(Self.mail) }
        #expect(refusal?.description == "The mail server 127.0.0.1 refused the mail: “550 5.1.1 No such user”")
        options.recipientAnswer = "450 4.2.1 Busy"
        let busy = try await SMTPSink(options)
        await #expect(throws: NotNow.self) { try await Self.sender(busy).exchange(Self.mail) }
    }

    @Test func `a server that is not there is for later`() async throws {
        let sink = try await SMTPSink()
        sink.close()
        let error = await #expect(throws: NotNow.self) { try await Self.sender(sink).exchange(Self.mail) }
        let sentence =
            "The mail server 127.0.0.1 cannot be connected on port \(sink.port). Check smtp.url and the firewall."
        #expect(error?.description == sentence)
    }

    @Test func `a server that does not speak is for later`() async throws {
        var options = SMTPSink.Options()
        options.isHeld = true
        let sink = try await SMTPSink(options)
        let error = await #expect(throws: NotNow.self) {
            try await Self.sender(sink) { $0.totalTimeout = .milliseconds(500) }.exchange(Self.mail)
        }
        #expect(error?.description.contains("did not take the mail within 500 ms") == true)
    }

    @Test func `a mail is accepted when the server says so, not before`() async throws {
        var options = SMTPSink.Options()
        options.isHeld = true
        let sink = try await SMTPSink(options)
        let sender = try Self.sender(sink)
        let task = Task { try await sender.exchange(Self.mail) }
        _ = try await sink.mails(1)
        sink.release()
        try await task.value
    }

    @Test func `cancelling the task ends the attempt`() async throws {
        var options = SMTPSink.Options()
        options.isHeld = true
        let sink = try await SMTPSink(options)
        let sender = try Self.sender(sink)
        let task = Task { try await sender.exchange(Self.mail) }
        _ = try await sink.mails(1)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await sender.close()
    }

    @Test func `without a mail server every mail is for later, and the sentence says what to set`() async {
        let sender = MailSender(settings: nil, logger: Self.quiet)
        let error = await #expect(throws: NotNow.self) { try await sender.exchange(Self.mail) }
        #expect(
            error?.description == "This installation has no mail server yet: set smtp.url and smtp.from."
        )
        await sender.close()
    }
}
