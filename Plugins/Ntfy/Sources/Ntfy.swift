import Model
package import PluginAPI

/// Publishes messages to a topic of an ntfy server. <https://docs.ntfy.sh/publish/#publish-as-json>
package struct Ntfy: Notifier {
    package static let id: PluginID = "ntfy"
    package static let title = "ntfy"
    package static let summary = "Publishes each message to a topic of ntfy.sh or of an ntfy server of your own."
    package static let carriesKey = false
    package static let options = [
        Option(
            "topic",
            "The topic to publish to; who knows it can read it and write to it, so choose one that nobody guesses.",
            kind: .secret,
            example: "prices-made-up-9f3c"
        ),
        Option(
            "server",
            "The ntfy server.",
            kind: .address,
            example: "https://ntfy.example.org",
            standard: "https://ntfy.sh"
        ),
        Option(
            "token",
            "An access token, where the topic is protected; it begins with tk_.",
            kind: .secret,
            example: "tk_made_up_token_of_32_characters",
            standard: ""
        ),
    ]

    private let topic: String
    private let server: WebAddress
    private let token: String
    private let judge: AnswerJudge
    private let exchange: HTTPExchange

    package init(_ setup: PluginSetup) throws(SetupError) {
        topic = setup["topic"]
        guard (1...64).contains(topic.utf8.count), topic.utf8.allSatisfy(Self.isOfTopic) else {
            throw SetupError("topic", "must be 1 to 64 letters, digits, “-” and “_”")
        }
        server = try setup.server("server", example: "https://ntfy.example.org")
        token = setup["token"]
        guard token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw SetupError("token", "has a character that no access token has")
        }
        judge = AnswerJudge(receiver: server.host, hidden: [topic, token])
        exchange = setup.exchange
    }

    package func send(_ message: Message) async throws {
        var headers: HTTPHeaders = [:]
        if !token.isEmpty { headers["Authorization"] = "Bearer \(token)" }
        // To the server itself: the topic stands in the body.
        let url = server.below("/")
        var request = try HTTPRequest.post(url, headers: headers, json: Publication(message, topic: topic))
        if request.body.count > Publication.longestBody {
            request = try HTTPRequest.post(
                url,
                headers: headers,
                json: Publication(message, topic: topic, isShort: true)
            )
        }
        try judge.check(try await judge.answer(to: request, by: exchange), to: message)
    }

    private static func isOfTopic(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == 0x2d || byte == 0x5f
    }
}
