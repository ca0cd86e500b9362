import EmailPlugin
import FoundationEssentials
import Model
package import PluginAPI

/// Sends messages as mail through Resend, where no mail server can be used.
/// <https://resend.com/docs/api-reference/emails/send-email>
package struct Resend: Notifier {
    package static let id: PluginID = "resend"
    package static let title = "Resend"
    package static let summary = "Sends each message as a mail through the HTTP service Resend, without a mail server."
    package static let options = [
        Option("key", "An API key that may send; it begins with re_.", kind: .secret, example: "re_made_up_key"),
        Option(
            "from",
            "The address that the mails come from; its domain must be verified at Resend.",
            kind: .mail,
            example: "prices@example.org"
        ),
        Option(
            "to",
            "The address that gets the mails, or several separated by commas.",
            kind: .mail,
            example: "me@example.org"
        ),
    ]

    private static let address = "https://api.resend.com/emails"

    private let key: String
    private let from: String
    private let recipients: [String]
    private let judge: AnswerJudge
    private let exchange: HTTPExchange

    package init(_ setup: PluginSetup) throws(SetupError) {
        key = setup["key"]
        guard key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw SetupError("key", "has a character that no API key has")
        }
        let senders = try Self.addresses(setup, "from")
        guard senders.count == 1 else { throw SetupError("from", "must be one address") }
        from = senders[0]
        recipients = try Self.addresses(setup, "to")
        judge = AnswerJudge(receiver: "Resend", hidden: [key])
        exchange = setup.exchange
    }

    package func send(_ message: Message) async throws {
        let mail = MailBody(message)
        let request = try HTTPRequest.post(
            Self.address,
            headers: ["Authorization": "Bearer \(key)", "Idempotency-Key": message.idempotencyKey],
            json: Letter(from: from, recipients: recipients, mail: mail)
        )
        let response = try await judge.answer(to: request, by: exchange)
        guard response.status == 409 else { return try judge.check(response, to: message) }
        // <https://resend.com/docs/dashboard/emails/idempotency-keys>
        switch Self.problem(in: response) {
        case "concurrent_idempotent_requests": throw NotNow("Resend is still at an earlier attempt of this mail.")
        // An earlier attempt with this message's key was accepted, by another version that worded it otherwise.
        case "invalid_idempotent_request": return
        default: try judge.check(response, to: message)
        }
    }

    private static func addresses(_ setup: PluginSetup, _ key: String) throws(SetupError) -> [String] {
        do {
            return try MailAddress.list(setup[key]).map(\.text)
        } catch {
            throw SetupError(key, error.problem)
        }
    }

    /// The name of what is wrong; nil for an answer of another form.
    private static func problem(in response: HTTPResponse) -> String? {
        struct Problem: Decodable { let name: String }
        // Whatever else the answer is, its status has said enough.
        return try? JSONDecoder().decode(Problem.self, from: Data(response.body)).name
    }
}

private struct Letter: Encodable {
    let from: String
    let to: [String]
    let bcc: [String]?
    let subject: String
    let text: String
    let html: String
    let attachments: [Attachment]?

    /// A picture that the HTML shows.
    /// <https://resend.com/docs/dashboard/emails/embed-inline-images>
    struct Attachment: Encodable {
        let content: String
        let filename: String
        let type: String
        let id: String

        private enum CodingKeys: String, CodingKey {
            case content, filename
            case type = "content_type"
            case id = "content_id"
        }
    }

    /// Several recipients do not see each other; a mail without anyone in `to` is refused, so the sender stands there.
    init(from: String, recipients: [String], mail: MailBody) {
        self.from = from
        (to, bcc) = recipients.count > 1 ? ([from], recipients) : (recipients, nil)
        (subject, text, html) = (mail.subject, mail.text, mail.html)
        let pictures = mail.pictures.map { picture in
            Attachment(content: picture.base64, filename: picture.filename, type: "image/png", id: picture.id)
        }
        attachments = pictures.isEmpty ? nil : pictures
    }
}
