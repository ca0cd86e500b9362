import Logging
package import PluginAPI

extension PluginSetup {
    /// A set-up for tests: what a plugin does to the outside goes to `exchange` and `mail`.
    package init(
        of plugin: any Plugin.Type,
        _ values: [String: String] = [:],
        exchange: RecordingExchange = RecordingExchange(status: 200),
        mail: RecordingMail = RecordingMail(),
        sign: MessageSigning? = { message, key in Array((key + message).suffix(32)) },
        run: @escaping CommandRunner = { _ in throw CommandError.notRunnable("The test has no programs.") },
        clock: any Clock<Duration> = ImpatientClock()
    ) throws(SetupError) {
        try self.init(
            options: plugin.options,
            values: values,
            exchange: exchange.exchange,
            mail: mail.exchange,
            sign: sign,
            run: run,
            clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }
}
