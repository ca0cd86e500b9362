import FoundationEssentials
import Model
package import PluginAPI

/// Sends messages by a Telegram bot. <https://core.telegram.org/bots/api#sendmessage>
package struct Telegram: Notifier {
    package static let id: PluginID = "telegram"
    package static let title = "Telegram"
    package static let summary = "Sends each message to a Telegram chat by a bot of yours."
    package static let carriesKey = false
    package static let options = [
        Option(
            "token",
            "The bot's token; @BotFather gives it when you make the bot.",
            kind: .secret,
            example: "123456789:made-up_token_of_a_bot"
        ),
        Option(
            "chat",
            "The number of the chat, or a public channel as @name; write to the bot first, it can't begin a chat.",
            example: "-1001234567890"
        ),
        Option(
            "server",
            "The Bot API server, if you run one.",
            kind: .address,
            example: "https://telegram.example.org",
            standard: "https://api.telegram.org"
        ),
    ]

    private let address: String
    private let chat: String
    private let judge: AnswerJudge
    private let exchange: HTTPExchange

    package init(_ setup: PluginSetup) throws(SetupError) {
        let token = setup["token"]
        let parts = token.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isOfToken) }) else {
            throw SetupError("token", "must look like 123456789:letters, as @BotFather gives it")
        }
        chat = setup["chat"]
        guard Self.isChat(chat) else {
            throw SetupError(
                "chat",
                "must be a number such as -1001234567890, or the name of a public channel as @name"
            )
        }
        let server = try setup.server("server", example: "https://telegram.example.org")
        address = server.below("/bot\(token)/sendMessage")
        // An error page may quote the address as it was sent, or with its colon encoded.
        judge = AnswerJudge(receiver: server.host, hidden: [token, String(parts[1])])
        exchange = setup.exchange
    }

    package func send(_ message: Message) async throws {
        let request = try HTTPRequest.post(address, json: BotMessage(message, chat: chat))
        let response = try await judge.answer(to: request, by: exchange)
        try judge.check(response, to: message, told: Self.wait(in: response))
    }

    /// `parameters.retry_after`, in seconds. <https://core.telegram.org/bots/api#responseparameters>
    private static func wait(in response: HTTPResponse) -> Duration? {
        struct Answer: Decodable {
            let parameters: Parameters

            struct Parameters: Decodable {
                let retryAfter: Double

                private enum CodingKeys: String, CodingKey { case retryAfter = "retry_after" }
            }
        }
        // Most answers hold none.
        let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body))
        return RetryAfter.delay(seconds: answer?.parameters.retryAfter)
    }

    private static func isOfToken(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == 0x2d || byte == 0x5f
    }

    private static func isChat(_ text: String) -> Bool {
        if text.hasPrefix("@") {
            return text.utf8.count > 1 && text.utf8.dropFirst().allSatisfy { $0.isASCIILetterOrDigit || $0 == 0x5f }
        }
        let digits = text.utf8.drop { $0 == 0x2d }
        return (1...18).contains(digits.count) && text.utf8.count - digits.count <= 1
            && digits.allSatisfy(\.isASCIIDigit)
    }
}
