import Model
package import PluginAPI

/// Hands messages to an Apprise API server, which sends them on. <https://github.com/caronc/apprise-api>
package struct Apprise: Notifier {
    package static let id: PluginID = "apprise"
    package static let title = "Apprise"
    package static let summary =
        "Hands each message to an Apprise API server, which sends it on to any service it knows."
    package static let options = [
        Option("server", "The Apprise API server.", kind: .address, example: "https://apprise.example.org"),
        Option(
            "key",
            "The key under which the server keeps its configuration; who knows it can read that.",
            kind: .secret,
            example: "made-up-key"
        ),
        Option("tag", "Tells only those receivers that have this tag; all without it.", example: "me", standard: ""),
    ]

    private let server: WebAddress
    private let key: String
    private let tag: String
    private let judge: AnswerJudge
    private let exchange: HTTPExchange

    package init(_ setup: PluginSetup) throws(SetupError) {
        server = try setup.server("server", example: "https://apprise.example.org")
        key = setup["key"]
        guard (1...128).contains(key.utf8.count), key.utf8.allSatisfy(Self.isOfKey) else {
            throw SetupError("key", "must be 1 to 128 letters, digits, “-” and “_”")
        }
        tag = setup["tag"]
        guard !tag.contains(where: { $0.isNewline || $0 == "\u{7}" }), tag.utf8.count <= 200 else {
            throw SetupError("tag", "must be a tag of at most 200 characters")
        }
        judge = AnswerJudge(receiver: server.host, hidden: [key])
        exchange = setup.exchange
    }

    package func send(_ message: Message) async throws {
        let request = try HTTPRequest.post(
            server.below("/notify/\(key)"),
            headers: ["Accept": "application/json", "X-Apprise-ID": message.idempotencyKey],
            json: Notification(message, tag: tag.isEmpty ? nil : tag)
        )
        let response = try await judge.answer(to: request, by: exchange)
        switch response.status {
        case 204:
            throw Refused(
                "\(server.host) knows no configuration under this key. Set the channel's key to one that it has."
            )
        case 424:
            // Nobody knows who has it by now, and a second copy for all of them is worse than one that a person asks for.
            throw Refused(
                "\(server.host) could not reach all of its receivers. Look into its log, then send the message again."
            )
        default: try judge.check(response, to: message)
        }
    }

    private static func isOfKey(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == 0x2d || byte == 0x5f
    }
}

/// The body. <https://github.com/caronc/apprise-api#api-details>
private struct Notification: Encodable {
    let title: String
    let body: String
    let type: String
    let format: String
    let tag: String?

    init(_ message: Message, tag: String?) {
        let text = ChatText(message)
        title = text.title
        let lines = text.plainLines(withShop: true)
        body = lines.isEmpty ? text.title : lines.joined(separator: "\n")
        type =
            switch message.kind {
            case .failing: "warning"
            case .recovered, .test: "success"
            default: "info"
            }
        // Said, so that it is escaped for services that take markup.
        format = "text"
        self.tag = tag
    }
}
