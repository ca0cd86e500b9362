package import Model
package import PluginAPI
import Synchronization

/// Stands for the mail server: records the mails, and accepts or refuses them as the test says.
package final class RecordingMail: Sendable {
    private let sent = Mutex<[Mail]>([])
    private let accept: @Sendable (Mail) async throws -> Void

    /// Accepts every mail, unless `accept` throws.
    package init(_ accept: @escaping @Sendable (Mail) async throws -> Void = { _ in }) {
        self.accept = accept
    }

    /// Every mail so far, oldest first; those that were refused too.
    package var mails: [Mail] { sent.withLock { $0 } }

    /// For `PluginSetup`.
    package var exchange: MailExchange {
        { mail in
            self.sent.withLock { $0.append(mail) }
            try await self.accept(mail)
        }
    }
}
