import Crypto
import FoundationEssentials
package import Logging
package import PluginAPI

/// What every plugin is given beside its options.
package struct PluginDoors: Sendable {
    package let exchange: HTTPExchange
    package let mail: MailExchange
    /// Whether mails go anywhere: without a mail server each is put off.
    package let hasMailServer: Bool
    package let logger: Logger

    package init(
        exchange: @escaping HTTPExchange,
        mail: @escaping MailExchange,
        hasMailServer: Bool = true,
        logger: Logger
    ) {
        self.exchange = exchange
        self.mail = mail
        self.hasMailServer = hasMailServer
        self.logger = logger
    }

    /// One plugin with these values; throws `SetupError` when they are not what its options ask for.
    package func make<Made: Plugin>(_ plugin: Made.Type, values: [String: String]) throws -> Made {
        var logger = logger
        logger[metadataKey: "plugin.id"] = "\(plugin.id)"
        let setup = try PluginSetup(
            options: plugin.options,
            values: values,
            exchange: exchange,
            mail: mail,
            sign: Self.sign,
            logger: logger
        )
        return try plugin.init(setup)
    }

    static let sign: MessageSigning = { message, key in
        Array(HMAC<SHA256>.authenticationCode(for: Data(message), using: SymmetricKey(data: Data(key))))
    }
}
