import Model
import PluginAPI
import Synchronization

/// Makes mails as the email plugin sends them, without sending them.
struct MailRendering: Sendable {
    let registry: Registry
    let doors: PluginDoors

    /// The mail that `message` becomes, to `recipients`: addresses separated by commas.
    ///
    /// Throws `SetupError` for recipients that are none, `Refused` where there is no such plugin.
    func mail(_ message: Message, to recipients: String) async throws -> Mail {
        guard let plugin = registry.notifier("email") else {
            throw Refused("This version has no notifier “email”.")
        }
        let tray = Tray()
        let open = PluginDoors(
            exchange: doors.exchange,
            mail: { mail in tray.mail.withLock { $0 = mail } },
            logger: doors.logger
        )
        try await open.make(plugin, values: ["to": recipients]).send(message)
        guard let mail = tray.mail.withLock({ $0 }) else { throw Refused("The notifier “email” made no mail.") }
        return mail
    }

    /// Where the plugin puts its mail.
    private final class Tray: Sendable {
        let mail = Mutex<Mail?>(nil)
    }
}
