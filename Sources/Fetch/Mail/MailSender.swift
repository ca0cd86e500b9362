package import Logging
package import PluginAPI

/// Hands mails to the mail server of this installation, on threads of their own.
package final class MailSender: Sendable {
    private let settings: MailSettings?
    private let threads = MailThreads(limit: 4)
    private let logger: Logger

    /// Without settings every mail is put off with a sentence that says what to set.
    package init(settings: MailSettings?, logger: Logger) {
        self.settings = settings
        self.logger = logger
    }

    /// Returns once the server has accepted the mail for every recipient; see `MailExchange`.
    ///
    /// `NotNow`: the server answered 4xx, or could not be spoken to. `Refused`: it answered 5xx, or the mail cannot be
    /// sent as it is. A cancelled task and a closed sender throw `CancellationError` within a second; the server may
    /// have accepted the mail all the same, as after a timeout, and the next attempt carries the same `Message-ID`.
    package var exchange: MailExchange {
        { mail in
            guard let settings = self.settings else {
                throw NotNow("This installation has no mail server yet: set smtp.url and smtp.from.")
            }
            try await self.deliver(MailMessage(mail, from: settings.from), settings)
        }
    }

    private func deliver(_ message: MailMessage, _ settings: MailSettings) async throws {
        try Task.checkCancellation()
        let threads = threads
        let logger = logger
        let ticket = threads.newTicket()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { answer in
                threads.start(ticket, MailDelivery(message, settings: settings, logger: logger, answer: answer))
                // The handler below may have come before the start did, and was not heard then.
                if Task.isCancelled { threads.cancel(ticket) }
            }
        } onCancel: {
            threads.cancel(ticket)
        }
    }

    /// Ends everything: mails under way throw `CancellationError`; returns when all have, and may be called again.
    package func close() async {
        await threads.close()
    }
}
