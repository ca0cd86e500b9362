import Model
package import PluginAPI

/// Posts each message as JSON to an address, signed as <https://www.standardwebhooks.com> describes.
package struct Webhook: Notifier {
    package static let id: PluginID = "webhook"
    package static let title = "Webhook"
    package static let summary = "Posts each message as JSON to an address of yours, signed if you set a secret."
    package static let options = [
        Option(
            "url",
            "The address that gets the messages.",
            kind: .address,
            example: "https://hooks.example.org/prices"
        ),
        Option(
            "secret",
            "The key that messages are signed with: base64 of 24 to 64 random bytes; without it they are not signed.",
            kind: .secret,
            example: "whsec_bm90LWEtc2VjcmV0LW1ha2UteW91ci1vd24=",
            standard: ""
        ),
    ]

    private let address: WebAddress
    private let signature: Signature?
    private let judge: AnswerJudge
    private let exchange: HTTPExchange

    package init(_ setup: PluginSetup) throws(SetupError) {
        address = try Self.address(setup["url"])
        signature = try Signature(secret: setup["secret"], sign: setup.sign)
        judge = AnswerJudge(receiver: address.host, hidden: [address.target] + Signature.spellings(of: setup["secret"]))
        exchange = setup.exchange
    }

    package func send(_ message: Message) async throws {
        let body = try Payload(message).json()
        let attempted = message.attempted ?? message.created
        // An id with a dot would blur where the id ends and the time begins in what is signed.
        let id = message.idempotencyKey.map { $0 == "." ? "_" : $0 }
        let seconds = String(attempted.milliseconds / 1000)
        var headers: HTTPHeaders = [
            "Content-Type": "application/json",
            "webhook-id": String(id),
            "webhook-timestamp": seconds,
        ]
        headers["webhook-signature"] = signature?.header(id: String(id), seconds: seconds, body: body)
        let request = HTTPRequest(method: .post, url: address.text, headers: headers, body: body)
        let response = try await judge.answer(to: request, by: exchange)
        try judge.check(response, to: message)
    }

    private static func address(_ text: String) throws(SetupError) -> WebAddress {
        do {
            return try WebAddress(text)
        } catch {
            let problem =
                switch error {
                case .credentials: "must not hold a user name or password; the secret says who sends"
                case .tooLong: "is longer than 4096 characters"
                case .empty, .notAnAddress, .unsupportedScheme:
                    "must be an http or https address such as https://hooks.example.org/prices"
                }
            throw SetupError("url", problem)
        }
    }
}
