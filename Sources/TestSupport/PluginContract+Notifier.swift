import Model
import PluginAPI

extension PluginContract {
    /// Any message can be sent, and the same message sent twice is the same request or mail and carries its key.
    package func sendingFaults() async -> [String] {
        var faults: [String] = []
        for message in SampleMessage.all {
            guard let first = await delivery(of: message), let second = await delivery(of: message) else { continue }
            if let error = first.error { faults.append("“\(message.subject)” could not be sent: \(error)") }
            if first.requests.isEmpty, first.mails.isEmpty { faults.append("“\(message.subject)” was not sent.") }
            if first.requests != second.requests || first.mails != second.mails {
                faults.append("“\(message.subject)”, sent twice, was not the same.")
            }
            let key = Self.compact(message.idempotencyKey)
            let carriers = first.requests.map(Self.everything) + first.mails.map(\.idempotencyKey)
            if carriesKey, !carriers.allSatisfy({ Self.compact($0).contains(key) }) {
                faults.append("“\(message.subject)” does not carry its idempotency key.")
            }
            for mail in first.mails where mail.subject.contains(where: \.isNewline) || mail.to.isEmpty {
                faults.append("The mail “\(mail.subject)” has a subject of several lines or no recipient.")
            }
            // The guarded door refuses anything else; the plugin can know before.
            for request in first.requests where (try? WebAddress(request.url)) == nil {
                faults.append("It asked for “\(request.url)”.")
            }
        }
        return faults
    }

    private var carriesKey: Bool { (plugin as? any Notifier.Type)?.carriesKey ?? false }

    /// What shops write goes into the body alone, in one address and among headers that are the same for any text; where
    /// the service has no place for the message's key, the README says that a message may come twice.
    package func foreignTextFaults() async -> [String] {
        guard let usual = await delivery(of: SampleMessage.targetPrice) else { return [] }
        var faults: [String] = []
        for message in SampleMessage.all where message.idempotencyKey == SampleMessage.targetPrice.idempotencyKey {
            guard let found = await delivery(of: message) else { continue }
            for (first, second) in zip(usual.requests, found.requests) {
                if first.url != second.url { faults.append("“\(message.subject)” went to “\(second.url)”.") }
                // A signature is made of the body.
                let isSame = first.headers.fields.map(\.name) == second.headers.fields.map(\.name)
                let isForeign = second.headers.fields.contains { $0.value.contains(SampleMessage.mark) }
                if !isSame || isForeign { faults.append("“\(message.subject)” has changed the headers.") }
                if String(validating: second.body, as: UTF8.self) == nil {
                    faults.append("“\(message.subject)” made a body that is not UTF-8.")
                }
                guard second.headers["Content-Type"] == "application/json" else { continue }
                if (try? CanonicalJSON.text(String(decoding: second.body, as: UTF8.self))) == nil {
                    faults.append("“\(message.subject)” made a body that is no JSON.")
                }
            }
        }
        if !carriesKey, plugin is any Notifier.Type, readme?.contains("twice") != true {
            faults.append("The README does not say that a message may come twice.")
        }
        return faults
    }

    /// What the receiver answers decides: later, with the wait it asked for, or never.
    package func answerFaults() async -> [String] {
        guard plugin is any Notifier.Type else { return [] }
        guard let usual = await delivery(of: SampleMessage.test), !usual.requests.isEmpty else {
            return await mailAnswerFaults()
        }
        var faults: [String] = []
        for status in [408, 429, 500, 502, 503, 504] {
            let receiver = RecordingExchange(status: status, headers: ["Retry-After": "120"])
            let error = await delivery(of: SampleMessage.test, exchange: receiver)?.error
            if (error as? NotNow)?.retryAfter != .seconds(120) {
                let told = Self.told(error)
                faults.append("\(status), “Retry-After: 120”, must be NotNow with that wait, but was \(told).")
            }
        }
        for status in [400, 401, 403, 404, 410, 413, 422] {
            let error = await delivery(of: SampleMessage.test, exchange: RecordingExchange(status: status))?.error
            if !(error is Refused) { faults.append("\(status) must be Refused, but was \(Self.told(error)).") }
        }
        let shut = RecordingExchange { _ in throw ExchangeError.refused("The address is private.") }
        let refusal = await delivery(of: SampleMessage.test, exchange: shut)?.error
        if !(refusal is Refused) { faults.append("A refused address must be Refused, but was \(Self.told(refusal)).") }
        for away in [ExchangeError.timeout("Nothing came."), .unreachable("Nobody listens.")] {
            let error = await delivery(of: SampleMessage.test, exchange: RecordingExchange { _ in throw away })?.error
            if !(error is NotNow) { faults.append("“\(away)” must be NotNow, but was \(Self.told(error)).") }
        }
        return faults
    }

    private func mailAnswerFaults() async -> [String] {
        let later = NotNow("Later.", retryAfter: .seconds(120))
        let never = Refused("Never.")
        var faults: [String] = []
        let postponed = await delivery(of: SampleMessage.test, mail: RecordingMail { _ in throw later })
        if postponed?.error as? NotNow != later { faults.append("The mail server's “later” does not pass through.") }
        let refused = await delivery(of: SampleMessage.test, mail: RecordingMail { _ in throw never })
        if refused?.error as? Refused != never { faults.append("The mail server's “never” does not pass through.") }
        return faults
    }

    /// No error text holds a secret that was set, though the receiver sends back all it was told.
    package func secretFaults() async -> [String] {
        let secrets = plugin.options.filter { $0.kind == .secret }.map(\.example)
        var faults: [String] = []
        for status in [400, 401, 404, 500, 503] {
            let echo = RecordingExchange { request in
                let body = secrets.joined(separator: " ") + " " + Self.everything(in: request)
                return HTTPResponse(status: status, body: Array(body.utf8), url: request.url)
            }
            guard let error = await delivery(of: SampleMessage.targetPrice, exchange: echo)?.error else { continue }
            let texts = ["\(error)", String(reflecting: error)]
            for secret in secrets where texts.contains(where: { $0.contains(secret) }) {
                faults.append("The error for \(status) holds the secret “\(secret)”.")
            }
            if "\(error)".contains(where: \.isNewline) || "\(error)".count > 500 {
                faults.append("The error for \(status) is not one line of at most 500 characters.")
            }
        }
        return faults
    }

    /// A cancelled exchange ends the sending with the cancellation, which gives the job back uncounted.
    package func cancellationFaults() async -> [String] {
        let cancelled = await delivery(
            of: SampleMessage.test,
            exchange: RecordingExchange { _ in throw CancellationError() },
            mail: RecordingMail { _ in throw CancellationError() }
        )
        guard let cancelled, !(cancelled.error is CancellationError) else { return [] }
        return ["Cancellation must pass through, but became \(Self.told(cancelled.error))."]
    }

    private struct Delivery {
        let requests: [HTTPRequest]
        let mails: [Mail]
        let error: (any Error)?
    }

    /// What one attempt by a fresh plugin did; nil for what is no notifier, and where `optionFaults` speaks already.
    private func delivery(
        of message: Message,
        exchange: RecordingExchange = RecordingExchange(status: 200),
        mail: RecordingMail = RecordingMail()
    ) async -> Delivery? {
        guard let kind = plugin as? any Notifier.Type,
            let setup = try? PluginSetup(of: kind, examples, exchange: exchange, mail: mail),
            let notifier = try? kind.init(setup)
        else { return nil }
        var thrown: (any Error)?
        do { try await notifier.send(message) } catch { thrown = error }
        return Delivery(requests: exchange.requests, mails: mail.mails, error: thrown)
    }

    private static func everything(in request: HTTPRequest) -> String {
        let headers = request.headers.fields.map { "\($0.name): \($0.value)" }.joined(separator: " ")
        return "\(request.url) \(headers) \(String(decoding: request.body, as: UTF8.self))"
    }

    /// Letters and digits alone: a receiver's rules may ask for other marks between them.
    private static func compact(_ text: String) -> String { text.filter { $0.isLetter || $0.isNumber } }

    private static func told(_ error: (any Error)?) -> String { error.map { "\(type(of: $0)): \($0)" } ?? "a delivery" }
}
