import Model
package import PluginAPI

/// Posts messages to a Slack channel.
/// <https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks>
package struct Slack: Notifier {
    package static let id: PluginID = "slack"
    package static let title = "Slack"
    package static let summary = "Posts each message to a Slack channel by an incoming webhook."
    package static let carriesKey = false
    package static let options = [
        Option(
            "url",
            "The address of an incoming webhook, from your Slack app's settings; who knows it can post there.",
            kind: .secret,
            example: "https://hooks.slack.com/services/T00000000/B00000000/made-up-key"
        )
    ]

    private let address: WebAddress
    private let judge: AnswerJudge
    private let exchange: HTTPExchange

    package init(_ setup: PluginSetup) throws(SetupError) {
        address = try setup.address("url", example: "https://hooks.slack.com/services/…")
        let key = String(address.target.split(separator: "/").last ?? "")
        judge = AnswerJudge(receiver: address.host, hidden: [address.target, key])
        exchange = setup.exchange
    }

    package func send(_ message: Message) async throws {
        let post = SlackPost(message, showsPicture: true)
        let response = try await answer(to: post)
        // Slack loads the picture before it takes a message, and refuses the whole message where it can't.
        guard post.hasPicture, response.status == 400, Self.isAboutBlocks(response.body) else {
            return try judge.check(response, to: message)
        }
        try judge.check(try await answer(to: SlackPost(message, showsPicture: false)), to: message)
    }

    private func answer(to post: SlackPost) async throws -> HTTPResponse {
        try await judge.answer(to: try HTTPRequest.post(address.text, json: post), by: exchange)
    }

    private static func isAboutBlocks(_ body: [UInt8]) -> Bool {
        String(decoding: body.prefix(100), as: UTF8.self).hasPrefix("invalid_blocks")
    }
}
