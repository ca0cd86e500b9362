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
    /// Types of all parts, outermost first.
    let types: [String]
    /// What lies beside the HTML.
    let pictures: [Picture]
    /// How many breaches of the rules the parser found.
    let defects: Int

    struct Picture: Decodable, Hashable {
        let id: String
        let disposition: String
        let filename: String
        let base64: String
    }

    init(_ message: String) async throws {
        let child = try ChildProcess("/usr/bin/python3", ["-c", Self.script])
        child.send(Data(message.utf8).base64EncodedString())
        let line = try await child.lines(1)[0]
        self = try JSONDecoder().decode(Self.self, from: Data(line.utf8))
    }

    private static let script = """
        import base64, email, email.policy, json, sys
        mail = email.message_from_bytes(base64.b64decode(sys.stdin.readline()), policy=email.policy.default)
        parts = list(mail.walk())
        print(json.dumps({
            "subject": str(mail["subject"]), "messageID": str(mail["message-id"]), "from": str(mail["from"]),
            "to": str(mail["to"]), "date": mail["date"].datetime.isoformat(),
            "text": mail.get_body(("plain",)).get_content().replace("\\r\\n", "\\n"),
            "html": mail.get_body(("html",)).get_content().replace("\\r\\n", "\\n"),
            "types": [part.get_content_type() for part in parts],
            "pictures": [
                {"id": part["content-id"], "disposition": part.get_content_disposition(),
                 "filename": part.get_filename(), "base64": base64.b64encode(part.get_content()).decode()}
                for part in parts if part.get_content_maintype() == "image"
            ],
            "defects": sum(len(part.defects) + sum(len(value.defects) for value in part.values()) for part in parts),
        }), flush=True)
        """
}
