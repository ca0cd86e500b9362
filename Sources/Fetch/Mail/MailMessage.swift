import Model
import PluginAPI

/// A mail as it goes over the wire (RFC 5322, RFC 2045), lines ended by CR LF, not yet dot-stuffed.
struct MailMessage: Hashable, Sendable {
    let from: MailSender.Address
    /// Addresses of the envelope, at least one.
    let recipients: [String]
    let text: String

    /// No part of a mail encoded as quoted-printable or base64 can hold `=_`.
    private static let boundary = "=_alternative"
    private static let relatedBoundary = "=_related"

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
            // Several do not see each other: their addresses are in the envelope alone.
            "To: \(recipients.count > 1 ? "<\(from.address)>" : recipients[0])",
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
            lines.append(try Self.document(html, with: mail.pictures ?? []) + "--\(Self.boundary)--")
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

    /// The HTML, and where it shows pictures, these with it (RFC 2387).
    private static func document(_ html: String, with pictures: [MailPicture]) throws(Refused) -> String {
        let document = part(html, type: "text/html")
        guard !pictures.isEmpty else { return document }
        var lines = ["Content-Type: multipart/related; boundary=\"\(relatedBoundary)\"; type=\"text/html\"", ""]
        lines += ["--\(relatedBoundary)", document + "--\(relatedBoundary)"]
        for (place, picture) in pictures.enumerated() {
            let halves = picture.id.split(separator: "@", omittingEmptySubsequences: false)
            guard halves.count == 2, halves.allSatisfy({ isIDText(String($0)) }) else {
                throw Refused(
                    "“\(EncodedWord.shown(picture.id))” is no id of a picture in a mail: write it as name@mail."
                )
            }
            lines += [
                "Content-Type: image/png; name=\"\(picture.filename)\"", "Content-Transfer-Encoding: base64",
                "Content-ID: <\(picture.id)>", "Content-Disposition: inline; filename=\"\(picture.filename)\"", "",
            ]
            lines += wrapped(picture.base64)
            lines.append("--\(relatedBoundary)\(place == pictures.count - 1 ? "--" : "")")
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// Lines of 76 (RFC 2045 §6.8).
    private static func wrapped(_ base64: String) -> [String] {
        var (lines, rest) = ([String](), base64[...])
        while !rest.isEmpty {
            lines.append(String(rest.prefix(76)))
            rest = rest.dropFirst(76)
        }
        return lines
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
