import Model
import PluginAPI

/// The notifier “email” for tests: a mail that shows what it was given, to addresses that have an `@`.
struct Letter: Notifier {
    static let id: PluginID = "email"
    static let title = "Letter"
    static let summary = "Writes a letter."
    static let options = [Option("to", "Who gets it.", kind: .mail, example: "me@example.org")]

    private let to: [String]
    private let mail: MailExchange

    init(_ setup: PluginSetup) throws(SetupError) {
        to = setup["to"].split(separator: ",").map { $0.trimmingWhitespace() }
        guard to.allSatisfy({ $0.contains("@") }) else { throw SetupError("to", "has an address without “@”") }
        mail = setup.mail
    }

    func send(_ message: Message) async throws {
        try await mail(
            Mail(
                to: to,
                subject: message.subject,
                text: message.lines.joined(separator: "\n"),
                html: "<p>\(message.report?.items.map(\.title).joined(separator: ", ") ?? "")</p>",
                idempotencyKey: message.idempotencyKey,
                date: message.created
            )
        )
    }
}
