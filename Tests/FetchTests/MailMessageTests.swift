import Model
import PluginAPI
import Testing

@testable import Fetch

struct MailMessageTests {
    private static func message(
        subject: String = "Lamp",
        text: String = "Hello",
        html: String? = nil,
        to: [String] = ["me@example.org"],
        key: String = "message-1",
        from: String = "prices@example.net"
    ) throws -> String {
        let mail = Mail(
            to: to,
            subject: subject,
            text: text,
            html: html,
            idempotencyKey: key,
            date: Timestamp(milliseconds: 1_795_453_233_000)
        )
        return try MailMessage(mail, from: #require(MailSender.Address(from))).text
    }

    @Test func `writes a plain mail to the letter`() throws {
        let lines = [
            "Date: Mon, 23 Nov 2026 17:00:33 +0000", "From: \"Prices\"", " <prices@example.net>",
            "To: me@example.org", "Subject: Lamp", "Message-ID: <message-1@example.net>",
            "MIME-Version: 1.0", "Auto-Submitted: auto-generated", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable", "", "Hello", "",
        ]
        #expect(try Self.message(from: "Prices <prices@example.net>") == lines.joined(separator: "\r\n"))
    }

    @Test func `several recipients see the sender alone`() throws {
        let text = try Self.message(to: ["me@example.org", "you@example.org"], from: "Prices <prices@example.net>")
        #expect(text.contains("\r\nTo: <prices@example.net>\r\n"))
        #expect(!text.contains("example.org"))
        #expect(!text.lowercased().contains("bcc"))
    }

    @Test func `writes text and HTML as alternatives`() throws {
        let text = try Self.message(text: "39 €", html: "<p>39 €</p>")
        let body = try #require(text.firstRange(of: "\r\n\r\n"))
        let parts = [
            "--=_alternative", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
            "", "39 =E2=82=AC", "--=_alternative", "Content-Type: text/html; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable", "", "<p>39 =E2=82=AC</p>", "--=_alternative--", "",
        ]
        #expect(text[body.upperBound...] == parts.joined(separator: "\r\n"))
        #expect(text.contains("\r\nContent-Type: multipart/alternative; boundary=\"=_alternative\"\r\n"))
    }

    @Test(arguments: [
        ("Lamp is €39", "=?utf-8?q?Lamp_is_=E2=82=AC39?="),
        ("a =?utf-8?q?b?=", "=?utf-8?q?a_=3D=3Futf-8=3Fq=3Fb=3F=3D?="),
        ("Lamp\r\nBcc: you@example.org", "Lamp  Bcc: you@example.org"), (" padded", "=?utf-8?q?_padded?="), ("", ""),
    ])
    func `writes a subject`(subject: String, line: String) throws {
        #expect(try Self.message(subject: subject).contains("\r\nSubject: \(line)\r\nMessage-ID:"))
    }

    @Test(arguments: [
        String(repeating: "Preis für die schöne Lampe 🪔 ", count: 12), String(repeating: "long ", count: 60),
        String(repeating: "x", count: 500), String(repeating: "👩‍👩‍👧‍👦", count: 20),
    ])
    func `no line is longer than mail allows`(text: String) throws {
        let message = try Self.message(
            subject: text,
            text: text,
            html: text,
            from: "\(text.prefix(90)) <a@example.org>"
        )
        let longest = message.split(separator: "\r\n").map(\.utf8.count).max()
        #expect(try #require(longest) <= 76)
        #expect(!message.utf8.contains { $0 > 0x7e })
    }

    @Test(arguments: [
        "me", "me@example.org\r\nRCPT TO:<you@example.org>", "<me@example.org", "me@example.org>", "a b@c", "",
    ])
    func `refuses a recipient that is no address`(recipient: String) {
        #expect(throws: Refused.self) { try Self.message(to: [recipient]) }
    }

    @Test(arguments: ["a", "a@", "@b", "a@b@c", "a>@b", "a@b\r\nBcc: c"])
    func `refuses a picture whose id cannot stand in its header`(id: String) throws {
        let mail = Mail(
            to: ["me@example.org"],
            subject: "",
            text: "",
            html: "",
            pictures: [MailPicture(id: id, base64: "")],
            idempotencyKey: "a",
            date: Timestamp(milliseconds: 0)
        )
        let from = try #require(MailSender.Address("prices@example.net"))
        #expect(throws: Refused.self) { try MailMessage(mail, from: from) }
    }

    @Test(arguments: ["", "a b", "a@b", "a>b", "a\r\nb", "ä", String(repeating: "a", count: 201)])
    func `refuses a key that cannot stand in Message-ID`(key: String) {
        #expect(throws: Refused.self) { try Self.message(key: key) }
    }

    @Test(arguments: [
        ("a=b", "a=3Db\r\n"), ("end \nnext\t", "end=20\r\nnext=09\r\n"),
        ("one\r\ntwo\nthree", "one\r\ntwo\r\nthree\r\n"),
        (String(repeating: "a", count: 76), String(repeating: "a", count: 75) + "=\r\na\r\n"), (".", ".\r\n"),
        ("", "\r\n"),
    ])
    func `quotes what mail servers would change`(text: String, quoted: String) {
        #expect(QuotedPrintable.encode(text) == quoted)
    }
}
