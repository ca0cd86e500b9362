import FoundationEssentials
import TestSupport

/// A mail as Python's `email` package, which is not ours, reads it.
struct ParsedMail: Decodable {
    let subject: String
    let messageID: String
    let from: String
    let to: String
    /// ISO 8601.
    let date: String
    /// Line ends are those of Swift's literals.
    let text: String
    let html: String
    /// How many breaches of the rules the parser found.
    let defects: Int

    init(_ message: String) async throws {
        let child = try ChildProcess("/usr/bin/python3", ["-c", Self.script])
        child.send(Data(message.utf8).base64EncodedString())
        let line = try await child.lines(1)[0]
        self = try JSONDecoder().decode(Self.self, from: Data(line.utf8))
    }

    private static let script = """
        import base64, email, email.policy, json, sys
        mail = email.message_from_bytes(base64.b64decode(sys.stdin.readline()), policy=email.policy.default)
        parts = [mail] + list(mail.iter_parts())
        print(json.dumps({
            "subject": str(mail["subject"]), "messageID": str(mail["message-id"]), "from": str(mail["from"]),
            "to": str(mail["to"]), "date": mail["date"].datetime.isoformat(),
            "text": mail.get_body(("plain",)).get_content().replace("\\r\\n", "\\n"),
            "html": mail.get_body(("html",)).get_content().replace("\\r\\n", "\\n"),
            "defects": sum(len(part.defects) + sum(len(value.defects) for value in part.values()) for part in parts),
        }), flush=True)
        """
}
