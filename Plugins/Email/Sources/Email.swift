import Model
package import PluginAPI

/// Sends messages as mail, in plain text and HTML, through the mail server of this installation.
package struct Email: Notifier {
    package static let id: PluginID = "email"
    package static let title = "Email"
    package static let summary = "Sends each message as a mail through the mail server of this installation."
    package static let usesMailServer = true
    package static let options = [
        Option(
            "to",
            "The address that gets the mails, or several separated by commas.",
            kind: .mail,
            example: "me@example.org"
        )
    ]

    private let recipients: [String]
    private let mail: MailExchange

    package init(_ setup: PluginSetup) throws(SetupError) {
        do {
            recipients = try MailAddress.list(setup["to"]).map(\.text)
        } catch {
            throw SetupError("to", error.problem)
        }
        mail = setup.mail
    }

    package func send(_ message: Message) async throws {
        let body = MailBody(message)
        try await mail(
            Mail(
                to: recipients,
                subject: body.subject,
                text: body.text,
                html: body.html,
                pictures: body.pictures.isEmpty ? nil : body.pictures,
                idempotencyKey: message.idempotencyKey,
                date: message.created
            )
        )
    }
}
