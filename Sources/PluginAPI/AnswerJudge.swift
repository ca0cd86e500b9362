package import Model

/// Decides for notifiers what the answer of an HTTP service means for a message: delivered, later, or never.
///
/// Made once in a notifier's initialiser. It says what happened in sentences that give no secret away:
///
///     let response = try await judge.answer(to: request, by: exchange)
///     try judge.check(response, to: message)
package struct AnswerJudge: Sendable {
    private let receiver: String
    private let hidden: [String]

    /// `receiver` begins the sentences: a host or a service's name.
    ///
    /// `hidden` are texts that may never be shown: keys, and the path of an address, for it is often a key, and error
    /// pages like to repeat what was asked. Texts below 6 characters are left alone.
    package init(receiver: String, hidden: [String]) {
        self.receiver = receiver
        self.hidden = hidden.filter { $0.count >= 6 }
    }

    /// Returns for an answer that means “delivered”: 2xx.
    ///
    /// Throws `NotNow` for 408, 425, 429 and 5xx, with the wait that the body asked for, as `told`, or `Retry-After`;
    /// `Refused` for the rest. Up to 200 characters of the answer's body are quoted on one line.
    package func check(_ response: HTTPResponse, to message: Message, told: Duration? = nil) throws {
        let answer = "\(receiver) answered \(response.status)"
        switch response.status {
        case 200..<300: return
        case 408, 425, 429, 500...:
            let wait = told ?? RetryAfter.delay(in: response, asked: message.attempted ?? message.created)
            throw NotNow("\(answer)\(quote(response.body)).", retryAfter: wait)
        case 300..<400: throw Refused("\(answer): it has moved. Set the channel's address to the new one.")
        case 410: throw Refused("\(answer): it wants no more messages. Remove the channel or set another address.")
        default: throw Refused("\(answer)\(quote(response.body)).")
        }
    }

    /// Makes the exchange; throws as `failure` says.
    package func answer(to request: HTTPRequest, by exchange: HTTPExchange) async throws -> HTTPResponse {
        do { return try await exchange(request) } catch { throw failure(for: error) }
    }

    /// What to throw when the exchange threw: `Refused` where our own policy forbids the address or the answer was too
    /// long to be one, `NotNow` where nothing came, and everything else, cancellation above all, as it is.
    package func failure(for error: any Error) -> any Error {
        switch error as? ExchangeError {
        case .refused(let why): Refused(redacted(why))
        case .closed(let why, let opensIn): NotNow(redacted(why), retryAfter: opensIn)
        case .unreachable(let why), .timeout(let why): NotNow(redacted(why))
        case .tooLarge: Refused("\(receiver) answered with more than a message's answer can be.")
        case nil: error
        }
    }

    /// `: “no such hook”`; one line, at most 200 characters of the body; empty for an empty one.
    private func quote(_ body: [UInt8]) -> String {
        let readable = String(decoding: body.prefix(4096), as: UTF8.self).unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control ? " " : Character(scalar)
        }
        let line = String(readable).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let text = redacted(line)
        guard !text.isEmpty else { return "" }
        return text.count <= 200 ? ": “\(text)”" : ": “\(text.prefix(199))…”"
    }

    private func redacted(_ text: String) -> String {
        hidden.reduce(text) { $0.replacing($1, with: "…") }
    }
}
