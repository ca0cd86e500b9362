import Model
package import PluginAPI

/// Sends messages to a Gotify server. <https://gotify.net/api-docs#/message/createMessage>
package struct Gotify: Notifier {
    package static let id: PluginID = "gotify"
    package static let title = "Gotify"
    package static let summary = "Sends each message to a Gotify server of yours."
    package static let carriesKey = false
    package static let options = [
        Option("server", "The Gotify server.", kind: .address, example: "https://gotify.example.org"),
        Option(
            "token",
            "The token of an application; make one under “Apps” on the server.",
            kind: .secret,
            example: "Amade.up-token_"
        ),
    ]

    private let server: WebAddress
    private let token: String
    private let judge: AnswerJudge
    private let exchange: HTTPExchange

    package init(_ setup: PluginSetup) throws(SetupError) {
        server = try setup.server("server", example: "https://gotify.example.org")
        token = setup["token"]
        guard token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw SetupError("token", "has a character that no token has; copy it from “Apps” on the server")
        }
        judge = AnswerJudge(receiver: server.host, hidden: [token])
        exchange = setup.exchange
    }

    package func send(_ message: Message) async throws {
        let request = try HTTPRequest.post(
            server.below("/message"),
            headers: ["X-Gotify-Key": token],
            json: Note(ChatText(message))
        )
        try judge.check(try await judge.answer(to: request, by: exchange), to: message)
    }
}

/// The body. <https://gotify.net/docs/msgextras>
private struct Note: Encodable {
    let title: String
    let message: String
    let extras: Extras

    init(_ text: ChatText) {
        title = text.title
        let lines = text.plainLines(withShop: true)
        message = lines.isEmpty ? text.title : lines.joined(separator: "\n")
        extras = Extras(
            display: .init(contentType: "text/plain"),
            notification: .init(click: text.first.map { .init(url: $0.address) }, bigImageUrl: text.picture)
        )
    }

    struct Extras: Encodable {
        let display: Display
        let notification: Notification

        private enum CodingKeys: String, CodingKey {
            case display = "client::display"
            case notification = "client::notification"
        }
    }

    /// Said though it is the default: as Markdown, a product's name could load pictures from anywhere.
    struct Display: Encodable {
        let contentType: String
    }

    struct Notification: Encodable {
        let click: Click?
        let bigImageUrl: String?

        struct Click: Encodable {
            let url: String
        }
    }
}
