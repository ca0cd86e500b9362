import Logging
package import PluginAPI

extension PluginSetup {
    /// A set-up for tests: what a plugin does to the outside goes to `exchange` and `mail`.
    package init(
        of plugin: any Plugin.Type,
        _ values: [String: String] = [:],
        exchange: RecordingExchange = RecordingExchange(status: 200),
        mail: RecordingMail = RecordingMail(),
        sign: MessageSigning? = { message, key in Array((key + message).suffix(32)) }
    ) throws(SetupError) {
        try self.init(
            options: plugin.options,
            values: values,
            exchange: exchange.exchange,
            mail: mail.exchange,
            sign: sign,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }
}
