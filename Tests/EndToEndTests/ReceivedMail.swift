import FoundationEssentials
import TestSupport

/// A mail as its reader's program shows it, taken apart by Python's own mail library.
struct ReceivedMail: Decodable {
    let to: String
    let subject: String
    let messageID: String
    let text: String
    let html: String

    init(_ mail: SMTPSink.Received) async throws {
        let source = Data(mail.message.utf8).base64EncodedString()
        let output = try await Command.output("/usr/bin/python3", ["-c", Self.script, source])
        self = try JSONDecoder().decode(Self.self, from: Data(output))
    }

    private static let script = """
        import base64, email, email.policy, json, sys
        mail = email.message_from_bytes(base64.b64decode(sys.argv[1]), policy=email.policy.default)
        body = {kind: mail.get_body((kind,)) for kind in ("plain", "html")}
        text, html = (part.get_content() if part else "" for part in body.values())
        print(json.dumps({"to": mail["To"], "subject": mail["Subject"], "messageID": mail["Message-ID"],
                          "text": text, "html": html}))
        """
}

extension SMTPSink {
    /// The first `count` mails, taken apart, as soon as they are there; a test that is out of time stops waiting.
    func received(_ count: Int) async throws -> [ReceivedMail] {
        let mails = try await withTaskCancellationHandler {
            try await self.mails(count)
        } onCancel: {
            self.close()
        }
        var received: [ReceivedMail] = []
        for mail in mails { received.append(try await ReceivedMail(mail)) }
        return received
    }
}
