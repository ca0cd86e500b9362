import FoundationEssentials
import Model
package import PluginAPI

/// Posts messages to a Discord channel. <https://docs.discord.com/developers/resources/webhook#execute-webhook>
package struct Discord: Notifier {
    package static let id: PluginID = "discord"
    package static let title = "Discord"
    package static let summary = "Posts each message to a Discord channel by its webhook."
    package static let carriesKey = false
    package static let options = [
        Option(
            "url",
            "The webhook's address, from the channel's settings under Integrations; who knows it can post there.",
            kind: .secret,
            example: "https://discord.com/api/webhooks/123456789012345678/made-up-token"
        )
    ]

    private let address: String
    private let judge: AnswerJudge
    private let exchange: HTTPExchange

    package init(_ setup: PluginSetup) throws(SetupError) {
        let webhook = try setup.address("url", example: "https://discord.com/api/webhooks/…")
        // Without it a message that is not kept is answered as if it were.
        address = "\(webhook.text)\(webhook.target.contains("?") ? "&" : "?")wait=true"
        let path = String(webhook.target.prefix { $0 != "?" })
        judge = AnswerJudge(
            receiver: webhook.host,
            hidden: [webhook.target, path, String(path.split(separator: "/").last ?? "")]
        )
        exchange = setup.exchange
    }

    package func send(_ message: Message) async throws {
        let request = try HTTPRequest.post(address, json: WebhookPost(message))
        let response = try await judge.answer(to: request, by: exchange)
        try judge.check(response, to: message, told: Self.wait(in: response))
    }

    /// `retry_after`, in seconds with a fraction.
    /// <https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit>
    private static func wait(in response: HTTPResponse) -> Duration? {
        struct Answer: Decodable {
            let retryAfter: Double

            private enum CodingKeys: String, CodingKey { case retryAfter = "retry_after" }
        }
        // Most answers hold none.
        return RetryAfter.delay(seconds: try? JSONDecoder().decode(Answer.self, from: Data(response.body)).retryAfter)
    }
}
