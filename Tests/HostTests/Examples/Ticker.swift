import Model
package import PluginAPI

/// Shows each message on a ticker: a row of lights in the hallway that takes lines of text by HTTP.
package struct Ticker: Notifier {
    package static let id: PluginID = "ticker"
    package static let title = "Ticker"
    package static let summary = "Shows each message as a running line on a ticker."
    package static let options = [
        Option("address", "Where the ticker takes its lines.", kind: .address, example: "http://ticker.example/lines"),
        Option("key", "What the ticker asks for before it shows anything.", kind: .secret, example: "made-up-key"),
        Option("colour", "The colour of the line: red, green or white.", example: "green", standard: "red"),
    ]

    private let address: WebAddress
    private let key: String
    private let colour: String
    private let judge: AnswerJudge
    private let exchange: HTTPExchange

    package init(_ setup: PluginSetup) throws(SetupError) {
        do {
            address = try WebAddress(setup["address"])
        } catch {
            throw SetupError("address", "must be an http or https address such as http://ticker.example/lines")
        }
        colour = setup["colour"]
        guard ["red", "green", "white"].contains(colour) else {
            throw SetupError("colour", "must be red, green or white")
        }
        key = setup["key"]
        judge = AnswerJudge(receiver: address.host, hidden: [key])
        exchange = setup.exchange
    }

    package func send(_ message: Message) async throws {
        let request = HTTPRequest(
            method: .post,
            url: address.text,
            headers: [
                "Authorization": "Bearer \(key)",
                "Content-Type": "text/plain; charset=utf-8",
                "Idempotency-Key": message.idempotencyKey,
                "Ticker-Colour": colour,
            ],
            body: Array(message.subject.utf8)
        )
        let response = try await judge.answer(to: request, by: exchange)
        try judge.check(response, to: message)
    }
}
