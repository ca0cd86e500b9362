import Model
import PluginAPI

/// A mail as it goes over the wire (RFC 5322, RFC 2045), lines ended by CR LF, not yet dot-stuffed.
struct MailMessage: Hashable, Sendable {
    let from: MailSender.Address
    /// Addresses of the envelope, at least one.
    let recipients: [String]
    let text: String

    /// No part of a mail encoded as quoted-printable can hold `=_`.
    private static let boundary = "=_alternative"

    /// Refuses a recipient that is no mail address, and an idempotency key that cannot stand in `Message-ID`.
    init(_ mail: Mail, from: MailSender.Address) throws(Refused) {
        guard !mail.to.isEmpty else { throw Refused("The mail has no recipient. Give at least one address.") }
        var recipients: [String] = []
        for text in mail.to {
            guard let address = MailSender.Address(text), address.address == text.trimmingWhitespace() else {
                throw Refused("“\(EncodedWord.shown(text))” is not a mail address. It must look like me@example.org.")
            }
            recipients.append(address.address)
        }
        guard Self.isIDText(mail.idempotencyKey) else {
            throw Refused("The mail's idempotency key must be letters, digits, dots and dashes, at most 200.")
        }
        self.from = from
        self.recipients = recipients
        let name = EncodedWord.phrase(from.name, header: "From")
        let sender = from.name.isEmpty ? from.address : "\(name)\r\n <\(from.address)>"
        var lines = [
            "Date: \(mail.date.mailDate)",
            "From: \(sender)",
            "To: \(recipients.joined(separator: ",\r\n "))",
            "Subject: \(EncodedWord.text(mail.subject, header: "Subject"))",
            "Message-ID: <\(mail.idempotencyKey)@\(from.domain)>",
            "MIME-Version: 1.0",
            // RFC 3834: nobody's automatic answer is wanted.
            "Auto-Submitted: auto-generated",
        ]
        if let html = mail.html {
            lines.append("Content-Type: multipart/alternative; boundary=\"\(Self.boundary)\"")
            lines.append("")
            lines.append("--\(Self.boundary)")
            lines.append(Self.part(mail.text, type: "text/plain") + "--\(Self.boundary)")
            lines.append(Self.part(html, type: "text/html") + "--\(Self.boundary)--")
            lines.append("")
            text = lines.joined(separator: "\r\n")
        } else {
            text = lines.joined(separator: "\r\n") + "\r\n" + Self.part(mail.text, type: "text/plain")
        }
    }

    private static func part(_ text: String, type: String) -> String {
        "Content-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            + QuotedPrintable.encode(text)
    }

    private static func isIDText(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 200
            && text.utf8.allSatisfy {
                $0.isASCIIDigit || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || "-._+".utf8.contains($0)
            }
    }
}

extension EncodedWord {
    /// Foreign text in a sentence: at most 100 characters, without line ends.
    static func shown(_ text: String) -> String {
        String(text.prefix(100).map { $0.isNewline ? " " : $0 })
    }
}
