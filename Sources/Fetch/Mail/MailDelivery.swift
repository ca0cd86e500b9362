import CCurl
import Logging
import Synchronization

/// One mail that a task waits for; any thread may ask to give it up.
final class MailDelivery: Sendable {
    let message: MailMessage
    let settings: MailSettings
    let logger: Logger
    private let answer: CheckedContinuation<Void, any Error>
    private let hasGivenUp = Atomic(false)

    init(
        _ message: MailMessage,
        settings: MailSettings,
        logger: Logger,
        answer: CheckedContinuation<Void, any Error>
    ) {
        self.message = message
        self.settings = settings
        self.logger = logger
        self.answer = answer
    }

    /// A delivery that runs notices within a second.
    func giveUp() { hasGivenUp.store(true, ordering: .relaxed) }

    var isGivenUp: Bool { hasGivenUp.load(ordering: .relaxed) }

    /// Without having tried.
    func cancel() { answer.resume(throwing: CancellationError()) }

    /// Blocks until the server has answered or time is up, and then answers the task.
    func perform() {
        if isGivenUp { return cancel() }
        guard let easy = EasyHandle() else { preconditionFailure("libcurl has no memory for an easy handle.") }
        let dialogue = MailDialogue(self)
        let code = dialogue.hold(on: easy)
        let status = easy.number(CURLINFO_RESPONSE_CODE)
        logger.debug(
            "A mail was handed over or not.",
            metadata: ["smtp.host": "\(settings.host)", "smtp.status": "\(status)", "smtp.code": "\(code.rawValue)"]
        )
        if code == CURLE_OK || dialogue.isAccepted { return answer.resume() }
        if isGivenUp { return cancel() }
        let failure = MailFailure(
            code: code,
            status: status,
            reply: dialogue.refusal,
            problem: easy.problem(code),
            settings: settings
        )
        answer.resume(throwing: failure.error)
    }
}
